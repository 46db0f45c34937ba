/** Decoration: a day's curve through a target band. No one's data. */
export function SignInCurve() {
  return (
    <svg viewBox="0 0 480 200" aria-hidden="true" focusable="false">
      <rect x="0" y="70" width="480" height="76" fill="#fff" opacity="0.1" />
      <path d="M0 70H480M0 146H480" stroke="#fff" opacity="0.35" strokeDasharray="3 5" />
      <path
        d="M0 118c22 6 34 12 52 8s28-14 42-34 26-50 44-48 24 40 42 58 34 26 56 24 26-22 42-44 26-32 42-28 22 44 40 60 30 20 48 18 26-10 42-14"
        fill="none"
        stroke="#fff"
        strokeWidth="3.5"
        strokeLinecap="round"
        strokeLinejoin="round"
      />
      <circle cx="450" cy="118" r="6" fill="#fff" />
      <circle cx="450" cy="118" r="13" fill="#fff" opacity="0.25" />
    </svg>
  );
}
