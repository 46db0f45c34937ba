/** The product's mark; its name stands beside it in text. */
export function Logo({ size = 28 }: { size?: number }) {
  return <img src="/icon.svg" alt="" width={size} height={size} />;
}
