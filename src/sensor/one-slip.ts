const characters = [..."0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZ"];
const shortest = 5;
const longest = 20;

/** What a serial number of letters and digits may be when one character of it was left out, added, changed or put behind its neighbour. */
export function oneSlipFrom(serial: string): string[] {
  if (serial.length < shortest || serial.length > longest) return [];
  const slips = [...serial, ""].flatMap((character, place) => {
    const [before, from, after] = [serial.slice(0, place), serial.slice(place), serial.slice(place + 1)];
    const [next = ""] = after;
    return [
      ...characters.map((one) => before + one + from),
      ...(character === ""
        ? []
        : [
            ...characters.map((one) => before + one + after),
            before + after,
            before + next + character + after.slice(1),
          ]),
    ];
  });
  return [...new Set(slips)].filter((slip) => slip !== serial);
}
