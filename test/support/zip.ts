/** The files of a zip that deflates nothing, by its directory at the end. */
export function filesInZip(bytes: Uint8Array): { name: string; content: Buffer }[] {
  const zip = Buffer.from(bytes);
  const end = zip.lastIndexOf(Buffer.from("PK\u0005\u0006"));
  const files: { name: string; content: Buffer }[] = [];
  let at = zip.readUInt32LE(end + 16);
  for (let left = zip.readUInt16LE(end + 10); left > 0; left -= 1) {
    const [size, nameBytes, extraBytes, local] = [
      zip.readUInt32LE(at + 24),
      zip.readUInt16LE(at + 28),
      zip.readUInt16LE(at + 30),
      zip.readUInt32LE(at + 42),
    ];
    const from = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28);
    files.push({
      name: zip.subarray(at + 46, at + 46 + nameBytes).toString("utf8"),
      content: zip.subarray(from, from + size),
    });
    at += 46 + nameBytes + extraBytes;
  }
  return files;
}
