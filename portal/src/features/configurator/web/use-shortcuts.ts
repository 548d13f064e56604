import { useEffect, useRef } from 'react'

/** Keys of the page, as 'ctrl+shift+z'; none while a text is being typed, so that its own undo works. */
export function useShortcuts(actions: Record<string, () => void>) {
  const latest = useRef(actions)
  latest.current = actions
  useEffect(() => {
    const onKey = (event: KeyboardEvent) => {
      const target = event.target as HTMLElement
      if (target.closest('dialog, textarea, select, [contenteditable], input:not([type=radio]):not([type=checkbox])')) return
      if (event.altKey) return
      const ctrl = event.ctrlKey || event.metaKey
      const key = `${ctrl ? 'ctrl+' : ''}${event.shiftKey && ctrl ? 'shift+' : ''}${event.key.toLowerCase()}`
      const action = latest.current[key]
      if (!action) return
      event.preventDefault()
      action()
    }
    window.addEventListener('keydown', onKey)
    return () => window.removeEventListener('keydown', onKey)
  }, [])
}
