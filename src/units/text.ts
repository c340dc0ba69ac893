/** Edit distance (Levenshtein 1966), by rows; given up, as `enough`, once no row can lead below that. */
function distance(a: string, b: string, enough: number): number {
  let previous = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const swap = previous[j - 1]! + (a[i - 1] === b[j - 1] ? 0 : 1);
      row.push(Math.min(swap, previous[j]! + 1, row[j - 1]! + 1));
    }
    if (Math.min(...row) >= enough) return enough;
    previous = row;
  }
  return previous[b.length]!;
}

/** Nobody mistypes a longer word: the time of a comparison grows with the product of both lengths. */
const LONGEST = 64;
const MOST_EDITS = 8;

/** The candidate that a mistyped word most likely meant; undefined when none is close. */
export function nearest(word: string, candidates: Iterable<string>): string | undefined {
  const typed = word.slice(0, LONGEST).toLowerCase();
  let best: string | undefined;
  // A word of one letter is no misspelling of another.
  let least = typed.length < 2 ? 1 : Math.min(MOST_EDITS, Math.floor(typed.length / 2)) + 1;
  for (const candidate of candidates) {
    const enough = candidate.length < 2 ? Math.min(least, 1) : least;
    if (candidate.length > LONGEST || Math.abs(candidate.length - typed.length) >= enough) continue;
    const edits = distance(typed, candidate.toLowerCase(), enough);
    if (edits < enough) {
      least = edits;
      best = candidate;
    }
  }
  return best;
}
