import { NavLink } from 'react-router'
import style from './sections.module.css'

/** The pages of one thing, side by side. items: path and title; the first one is the thing's own */
export function Sections({ label, items }: { label: string; items: readonly { to: string; title: string }[] }) {
  return (
    <nav className={style.sections} aria-label={label}>
      {items.map(({ to, title }) => (
        <NavLink key={to} to={to} end>
          {title}
        </NavLink>
      ))}
    </nav>
  )
}
