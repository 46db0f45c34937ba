/** Paragraphs, with what stands between backticks as code. */
export function Plain({ text }: { text: string }) {
  return text.split("\n\n").map((paragraph) => (
    <p key={paragraph}>
      {paragraph.split("`").map((part, i) => {
        const key = `${i} ${part}`;
        return i % 2 === 1 ? <code key={key}>{part}</code> : <span key={key}>{part}</span>;
      })}
    </p>
  ));
}
