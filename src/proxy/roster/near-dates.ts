/** Whether two dates are one that was mistyped: a digit off, two digits that changed places, day and month swapped. */
export function areNearDates(a: string, b: string): boolean {
  const [year, month, day] = a.split("-");
  if (b === `${year}-${day}-${month}`) return true;
  const [one, other] = [a, b].map((date) => date.replaceAll("-", "")) as [string, string];
  if (one.length !== other.length) return false;
  const off = [...one].flatMap((digit, index) => (digit === other[index] ? [] : [index]));
  const [first = 0, second = 0] = off;
  const areSwapped =
    off.length === 2 && second === first + 1 && one[first] === other[second] && one[second] === other[first];
  return off.length === 1 || areSwapped;
}
