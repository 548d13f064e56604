import { Link } from 'react-router'
import style from './brand.module.css'

/** How the portal looks like the manufacturer's own. Addresses of the portal; null: the portal's own look. */
export interface Look {
  style: string | null
  logo: { path: string; width: number; height: number } | null
  mark: { path: string } | null
}

/** The manufacturer's wordmark, or his logo in place of it; leads home. */
export function Brand({ name, href, look }: { name: string; href: string; look: Look }) {
  const { logo } = look
  return (
    <Link className={style.brand} to={href}>
      {logo ? (
        <img className={style.logo} src={logo.path} width={logo.width} height={logo.height} alt={name} />
      ) : (
        <>
          <Mark />
          {name}
        </>
      )}
    </Link>
  )
}

/** His colours and his sign in the browser's tab, for the head of a page. */
export function LookOf({ look }: { look: Look }) {
  return (
    <>
      {look.style ? <link rel="stylesheet" href={look.style} precedence="look" /> : null}
      {look.mark ? <link rel="icon" type="image/png" href={look.mark.path} /> : null}
    </>
  )
}

/** Two beds and a spindle in the isometric projection of the drawings. */
function Mark() {
  return (
    <svg className={style.mark} width="30" height="30" viewBox="0 0 30 30" aria-hidden="true">
      <path className={style.solid} d="M2 9.5 13.5 3v6.6L8 12.8v6.6l5.5 3.2V29L2 22.5z" />
      <path className={style.solid} d="M28 9.5 16.5 3v6.6l5.5 3.2v6.6l-5.5 3.2V29L28 22.5z" />
      <path className={style.accent} d="m15 12.3 3.6 2.1v4.1L15 20.6l-3.6-2.1v-4.1z" />
    </svg>
  )
}
