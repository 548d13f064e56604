import { useEffect, useState } from 'react'
import { Link, useLocation, useNavigate } from 'react-router'
import { BottomSheet } from '../components/dialog.tsx'
import { useTexts } from '../i18n/index.ts'
import style from './console-shell.module.css'
import type { ConsoleEntry } from './console-shell.tsx'

interface ShortcutsProps {
  entries: readonly ConsoleEntry[]
  palette: boolean
  onPalette(open: boolean): void
}

/** `/` goes to the list's search, `?` shows the shortcuts, Ctrl K (or ⌘ K) goes to a page. None of them while somebody types. */
export function ConsoleShortcuts({ entries, palette, onPalette }: ShortcutsProps) {
  const t = useTexts('platform')
  const [help, setHelp] = useState(false)
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      if (event.key.toLowerCase() === 'k' && (event.ctrlKey || event.metaKey)) {
        event.preventDefault()
        onPalette(true)
        return
      }
      const typing = (event.target as Element).closest('input, textarea, select, [contenteditable], dialog')
      if (typing || event.ctrlKey || event.metaKey || event.altKey) return
      if (event.key === '?') setHelp(true)
      if (event.key === '/') {
        const search = document.querySelector<HTMLInputElement>('[data-list-search]')
        if (!search) return
        event.preventDefault()
        search.focus()
        search.select()
      }
    }
    document.addEventListener('keydown', onKey)
    return () => document.removeEventListener('keydown', onKey)
  }, [onPalette])
  return (
    <>
      <BottomSheet open={help} title={t('keys.title')} onClose={() => setHelp(false)}>
        <div className={style.keys}>
          <kbd>/</kbd>
          <span>{t('keys.search')}</span>
          <kbd>Ctrl K</kbd>
          <span>{t('keys.palette')}</span>
          <kbd>↑ ↓ ↵</kbd>
          <span>{t('table.keys')}</span>
          <kbd>?</kbd>
          <span>{t('keys.help')}</span>
          <kbd>Esc</kbd>
          <span>{t('keys.close')}</span>
        </div>
      </BottomSheet>
      <BottomSheet open={palette} title={t('keys.palette')} onClose={() => onPalette(false)}>
        {palette ? <Palette entries={entries} onDone={() => onPalette(false)} /> : null}
      </BottomSheet>
    </>
  )
}

function Palette({ entries, onDone }: { entries: readonly ConsoleEntry[]; onDone(): void }) {
  const t = useTexts('platform')
  const navigate = useNavigate()
  const { pathname } = useLocation()
  const [wish, setWish] = useState('')
  const found = entries.filter(entry => `${entry.title} ${entry.href}`.toLowerCase().includes(wish.trim().toLowerCase()))
  const [first] = found
  return (
    <>
      <input
        className={style.find}
        data-first-focus=""
        aria-label={t('keys.go')}
        value={wish}
        onChange={event => setWish(event.target.value)}
        onKeyDown={event => {
          if (event.key !== 'Enter' || !first) return
          onDone()
          if (first.href !== pathname) void navigate(first.href)
        }}
      />
      <ul className={style.found}>
        {found.map(entry => (
          <li key={entry.href}>
            <Link to={entry.href} data-first={entry === first} onClick={onDone}>
              {entry.title}
            </Link>
          </li>
        ))}
        {found.length === 0 ? <li>{t('keys.none')}</li> : null}
      </ul>
    </>
  )
}
