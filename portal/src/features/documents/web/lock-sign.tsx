/** That signing in opens it; said in words beside. */
export const LockSign = () => (
  <svg width="14" height="14" viewBox="0 0 14 14" aria-hidden="true" fill="none" stroke="currentColor" strokeWidth="1.5">
    <path d="M2.5 6.5h9v6h-9zM4.5 6.5V4a2.5 2.5 0 0 1 5 0v2.5" />
  </svg>
)
