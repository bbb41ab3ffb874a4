/** The mark of Vekscope. */
export function Logo({ size }: { readonly size: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" fill="none" aria-hidden className="logo">
      <circle cx="16" cy="16" r="14" stroke="currentColor" strokeWidth="2.4" />
      <path
        d="M10 8.5v4.2a6 6 0 0 0 12 0V8.5M16 18.7V25"
        stroke="var(--accent)"
        strokeWidth="2.8"
        strokeLinecap="round"
      />
    </svg>
  );
}
