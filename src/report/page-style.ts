/** The one style sheet of the page; its hash is in the content security policy. */
export const STYLE = `
:root{color-scheme:light dark;--ink:#1b1f24;--soft:#5b6470;--rule:#dfe3e8;--paper:#fff;--panel:#f6f7f9;--fault:#d9480f1f;--fault-ink:#b23c0c;
--line-1:#1864ab;--line-2:#c2410c;--line-3:#2b8a3e;--line-4:#862e9c;--line-5:#5c940d;--line-6:#495057}
@media (prefers-color-scheme:dark){:root{--ink:#e6e9ed;--soft:#9aa4b0;--rule:#2f363e;--paper:#14171a;--panel:#1c2025;--fault:#ff922b26;--fault-ink:#ffa94d;
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
.scroll{overflow-x:auto}
table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums;font-size:.92rem}
th,td{padding:.38rem .6rem;border-bottom:1px solid var(--rule);text-align:right;white-space:nowrap}
th:first-child{text-align:left;font-weight:500;white-space:normal;min-width:9rem;padding-left:0;position:sticky;left:0;background:var(--paper)}
thead th{color:var(--soft);font-weight:600;font-size:.85rem;border-bottom-width:2px}
tbody th span{display:block;color:var(--soft);font-weight:400;font-size:.78rem;line-height:1.35}
figure{margin:0}
svg{display:block;width:100%;height:auto;font:11px system-ui,-apple-system,"Segoe UI",sans-serif}
.chart{overflow-x:auto}.chart svg{min-width:30rem}
.grid{stroke:var(--rule)}.tick{fill:var(--soft);paint-order:stroke;stroke:var(--paper);stroke-width:3px}.row-label{fill:var(--ink);font-size:12px}
.line{fill:none;stroke-width:1.8;stroke-linejoin:round}
.fault{fill:var(--fault)}.fault-label{fill:var(--fault-ink)}
.broken{color:var(--fault-ink);font-weight:600}
.harm-0{fill:var(--line-2)}.harm-1{fill:var(--line-4)}.harm-2{fill:var(--line-1)}.harm-3{fill:var(--line-6)}
.phase{fill:var(--line-1)}.rest{fill:var(--line-2)}
.legend{display:flex;flex-wrap:wrap;gap:.2rem 1.2rem;margin:.2rem 0 .4rem;padding:0;list-style:none;font-size:.88rem}
.legend svg{display:inline-block;width:2rem;height:.7rem;margin-right:.4rem;vertical-align:middle}
details{margin-top:.4rem;color:var(--soft);font-size:.88rem}summary{cursor:pointer}
details .scroll{max-height:22rem;overflow:auto}
code{display:block;background:var(--panel);border:1px solid var(--rule);border-radius:4px;padding:.6rem .8rem;overflow-x:auto;white-space:pre;font:.88rem ui-monospace,Menlo,Consolas,monospace;color:var(--ink)}
@media (max-width:40rem){svg{font-size:15px}.row-label{font-size:14px}th:first-child{min-width:6.5rem}th,td{padding:.38rem .45rem}}
.notes{color:var(--soft);font-size:.88rem;padding-left:1.1rem}
`;
