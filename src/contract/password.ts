import * as z from "zod/mini";

export const passwordMinLength = 12;

/**
 * The commonest of leaked passwords that are long enough, and what people in
 * this trade would try; without spaces.
 */
const commonest = new Set(
  `password1234 password12345 password123456 password123! password1234! passw0rd1234 p@ssw0rd1234 mypassword123
  thisisapassword secretpassword 123456789123 123456789abc 1234567890ab 1234qwerasdf 123qweasdzxc qwerty123456
  qwerty1234567 qwertyuiop12 qwertyuiop123 qwertyuiop1234 qwertyuiop[] qwertyuiopasdf qazwsxedcrfv 1qaz2wsx3edc
  1qaz2wsx3edc4rfv zaq12wsxcde3 zaq1xsw2cde3 1q2w3e4r5t6y 1q2w3e4r5t6y7u q1w2e3r4t5y6 asdfghjkl123 asdfghjkl;'
  zxcvbnm12345 abc123456789 abcd12345678 a1b2c3d4e5f6 iloveyou1234 iloveyou12345 iloveyouforever welcome12345
  welcome123456 welcome2025! welcome2026! letmein12345 letmeinplease admin1234567 admin12345678 administrator
  administrator1 administrator123 changeme1234 changemeplease changeme2026 monkey123456 dragon123456 sunshine1234
  princess1234 football1234 baseball1234 superman1234 summer2025!! summer2026!! winter2025!! winter2026!!
  correcthorsebatterystaple hospital1234 hospital12345 clinic123456 diabetes1234 glucose12345 trendline123
  trendline1234 trendline2026 testtest1234 temporary123 temppassword woaini123456 woaini1314520 5201314woaini
  asdfasdf1234 qwer1234asdf aa123456789 a123456789012 zxcvbnmasdfghjkl`.split(/\s+/),
);

/** One piece again and again: "aaaaaaaaaaaa", "123123123123", "letmeinletmein". */
const isRepeated = (text: string) => /^(.{1,8})\1+$/.test(text);

/** Each character the one after the last: "abcdefghijkl", "1234567890123". */
const isRun = (text: string) =>
  [...text].every((letter, i) => {
    const step = letter.charCodeAt(0) - text.charCodeAt(i - 1);
    return i === 0 || step === 1 || (letter === "0" && text[i - 1] === "9") || step === -9;
  });

function isCommon(password: string): boolean {
  const plain = password.toLowerCase().replaceAll(/\s/g, "");
  return commonest.has(plain) || isRepeated(plain) || isRun(plain);
}

/** Whether it is the owner's e-mail address, the part before its @, or holds the whole of it. */
export function isOwnAddress(password: string, email: string): boolean {
  const [plain, address] = [password.toLowerCase().trim(), email.toLowerCase().trim()];
  return address !== "" && (plain.includes(address) || plain === address.split("@")[0]);
}

/** A password that somebody chooses. Whoever takes one also asks `isOwnAddress`. */
export const newPassword = z.string("required").check(
  z.minLength(passwordMinLength, "too-short"),
  z.maxLength(128, "too-long"),
  z.refine((password) => !isCommon(password), "too-common"),
);
