/**
 * The one style sheet of the page; its hash is in the content security policy. What scrolls sideways has a shade at the
 * edge behind which there is more: two gradients stay with the box, two move with what it holds and cover them at its ends.
 * On a phone each row of a comparison becomes a card, a line for each architecture.
 */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#5b6470;--rule:#dfe3e8;--paper:#fff;--panel:#f6f7f9;--fault:#d9480f1f;--fault-ink:#b23c0c;--under:var(--paper);--shade:#0003;
--line-1:#1864ab;--line-2:#c2410c;--line-3:#2b8a3e;--line-4:#862e9c;--line-5:#5c940d;--line-6:#495057}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ed;--soft:#9aa4b0;--rule:#2f363e;--paper:#14171a;--panel:#1c2025;--fault:#ff922b26;--fault-ink:#ffa94d;--shade:#0009;
--line-1:#74c0fc;--line-2:#ffa94d;--line-3:#8ce99a;--line-4:#e599f7;--line-5:#c0eb75;--line-6:#ced4da}}
*{box-sizing:border-box}
body{margin:0;background:var(--paper);color:var(--ink);font:16px/1.5 system-ui,-apple-system,"Segoe UI",sans-serif;overflow-wrap:break-word}
main{max-width:60rem;margin:0 auto;padding:1.5rem 1rem 4rem}
h1{font-size:clamp(1.35rem,1rem + 1.6vw,2rem);line-height:1.2;margin:.3rem 0 1rem;text-wrap:balance}
h2{font-size:1.1rem;margin:2.4rem 0 .2rem}
.eyebrow{color:var(--soft);font-size:.85rem;letter-spacing:.02em}
.answer{font-size:1.08rem;border-left:3px solid var(--line-1);padding:.1rem 0 .1rem 1rem;margin:0 0 1.5rem}
.about{color:var(--soft);font-size:.9rem;margin:.1rem 0 .6rem}
h3{font-size:1rem;margin:1.3rem 0 .3rem}h3 span{font-weight:400}
.scroll,.chart,code{overflow-x:auto;background:linear-gradient(90deg,var(--under) 40%,transparent) 0/2.5rem 100% no-repeat local,linear-gradient(270deg,var(--under) 40%,transparent) 100%/2.5rem 100% no-repeat local,linear-gradient(90deg,var(--shade),transparent) 0/.8rem 100% no-repeat,linear-gradient(270deg,var(--shade),transparent) 100%/.8rem 100% no-repeat,var(--under)}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:.92rem}
th,td{padding:.38rem .6rem;border-bottom:1px solid var(--rule);text-align:right;white-space:nowrap}
th:first-child{text-align:left;font-weight:500;white-space:normal;min-width:9rem;padding-left:0;position:sticky;left:0;background:var(--paper)}
thead th{color:var(--soft);font-weight:600;font-size:.85rem;border-bottom-width:2px}
tbody th span{display:block;color:var(--soft);font-weight:400;font-size:.78rem;line-height:1.35}
figure{margin:0}
svg{display:block;width:100%;height:auto;font:11px system-ui,-apple-system,"Segoe UI",sans-serif}
.chart svg{min-width:30rem}.bars svg{min-width:0;max-width:40rem}
.grid{stroke:var(--rule)}.tick{fill:var(--soft);paint-order:stroke;stroke:var(--paper);stroke-width:3px}.row-label{fill:var(--ink);font-size:12px}
.line{fill:none;stroke-width:1.8;stroke-linejoin:round}
.fault{fill:var(--fault)}.fault-label{fill:var(--fault-ink)}
.folds td,.folds thead th{white-space:normal}
.broken{color:var(--fault-ink);font-weight:600}
.harm-0{fill:var(--line-2)}.harm-1{fill:var(--line-4)}.harm-2{fill:var(--line-1)}.harm-3{fill:var(--line-6)}.harm-4{fill:var(--line-3)}
.phase{fill:var(--line-1)}.rest{fill:var(--line-2)}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;margin:.2rem 0 .4rem;padding:0;list-style:none;font-size:.88rem}
.legend svg{display:inline-block;width:2rem;height:.7rem;margin-right:.4rem;vertical-align:middle}
details{margin-top:.4rem;color:var(--soft);font-size:.88rem}summary{cursor:pointer}
details .scroll{max-height:22rem;overflow:auto}
code{display:block;--under:var(--panel);border:1px solid var(--rule);border-radius:4px;padding:.6rem .8rem;white-space:pre;font:.88rem ui-monospace,Menlo,Consolas,monospace;color:var(--ink)}
@media (max-width:40rem){svg{font-size:15px}.row-label{font-size:14px}th:first-child{min-width:6.5rem}th,td{padding:.38rem .45rem}
.cards{background:none}.cards thead{display:none}
.cards table,.cards tbody,.cards tr,.cards th,.cards td{display:block}
.cards tr{border-bottom:1px solid var(--rule);padding:.55rem 0}
.cards tbody th{position:static;border:0;padding:0;font-weight:600}
.cards td{display:flex;justify-content:space-between;gap:1rem;border:0;padding:.05rem 0;white-space:normal;overflow-wrap:anywhere}
.cards td::before{content:attr(data-of);color:var(--soft);text-align:left;min-width:4.5rem}}
.notes{color:var(--soft);font-size:.88rem;padding-left:1.1rem}
`;
