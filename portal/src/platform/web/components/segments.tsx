import { Link } from 'react-router'
import style from './segments.module.css'

/** One of several ways to look at the same page, side by side; each is an address. */
export function Segments({
  label,
  items,
}: {
  label: string
  items: readonly { key: string; to: string; title: string; chosen: boolean }[]
}) {
  return (
    <nav className={style.segments} aria-label={label}>
      {items.map(({ key, to, title, chosen }) => (
        <Link to={to} aria-current={chosen ? 'true' : undefined} preventScrollReset key={key}>
          {title}
        </Link>
      ))}
    </nav>
  )
}
