/** What stands between backticks as code. */
export function Coded({ text }: { text: string }) {
  return text.split("`").map((part, i) => {
    const key = `${i} ${part}`;
    return i % 2 === 1 ? <code key={key}>{part}</code> : <span key={key}>{part}</span>;
  });
}

/** Paragraphs of it. */
export function Plain({ text }: { text: string }) {
  return text.split("\n\n").map((paragraph) => (
    <p key={paragraph}>
      <Coded text={paragraph} />
    </p>
  ));
}
