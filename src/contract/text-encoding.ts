/**
 * What a text that is not UTF-8 is in, by how its bytes lie: those of Chinese in pairs, the accents of windows-1252
 * alone between letters. Both read any of it, so that neither failing tells nothing.
 */
export function legacyEncodingOf(bytes: Uint8Array): "gb18030" | "windows-1252" {
  let pairs = 0;
  let alone = 0;
  for (let i = 0; i < bytes.length; i += 1) {
    if ((bytes[i] ?? 0) < 0x80) continue;
    if ((bytes[i + 1] ?? 0) >= 0x80) {
      pairs += 1;
      i += 1;
    } else alone += 1;
  }
  return pairs > alone ? "gb18030" : "windows-1252";
}
