/** How a password is kept, and how one that is tried is held against what was kept. */
export interface Passwords {
  hash(password: string): Promise<string>;
  verify(tried: { hash: string; password: string }): Promise<boolean>;
}
