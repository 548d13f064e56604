import { type ReactNode, useEffect, useId, useRef, useState } from 'react'
import { useTexts } from '../i18n/index.ts'
import { ActionButton } from './action.tsx'
import style from './dialog.module.css'

interface ConfirmProps {
  open: boolean
  /** what it will do, as a sentence: 'Withdraw the product VMC 850' */
  title: string
  /** what follows from it, and what does not */
  children?: ReactNode
  /** the verb on the button: 'Withdraw' */
  action: string
  danger?: boolean
  /** the name that must be typed first */
  typeName?: string
  busy?: boolean
  onConfirm(): void
  onClose(): void
}

/** Asks before something that is hard to take back; names what it will do. */
export function ConfirmDialog({
  open,
  title,
  children,
  action,
  danger = false,
  typeName,
  busy = false,
  onConfirm,
  onClose,
}: ConfirmProps) {
  const t = useTexts('platform')
  const id = useId()
  const [typed, setTyped] = useState('')
  const dialog = useModal(open)
  const ready = !busy && (typeName === undefined || typed.trim() === typeName)
  return (
    <dialog ref={dialog} className={style.dialog} aria-labelledby={`${id}-title`} onClose={onClose}>
      <h2 id={`${id}-title`}>{title}</h2>
      {children ? <div className={style.text}>{children}</div> : null}
      {typeName === undefined ? null : (
        <label className={style.field}>
          {t('form.typeName', { name: typeName })}
          <input className={style.input} value={typed} onChange={event => setTyped(event.target.value)} autoComplete="off" />
        </label>
      )}
      <div className={style.actions}>
        <ActionButton onClick={onClose}>{t('form.cancel')}</ActionButton>
        <ActionButton
          strength={danger ? 'secondary' : 'primary'}
          className={danger ? style.danger : ''}
          disabled={!ready}
          onClick={onConfirm}
        >
          {action}
        </ActionButton>
      </div>
    </dialog>
  )
}

interface SheetProps {
  open: boolean
  title: string
  children: ReactNode
  onClose(): void
}

/** What has no room beside the page: on a phone it rises from the bottom, else it stands in the middle. Closes by button, Escape or a touch beside it. */
export function BottomSheet({ open, title, children, onClose }: SheetProps) {
  const t = useTexts('platform')
  const id = useId()
  const dialog = useModal(open)
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: Escape closes a modal dialog by itself
    <dialog
      ref={dialog}
      className={style.sheet}
      aria-labelledby={id}
      onClose={onClose}
      onClick={event => event.target === dialog.current && onClose()}
    >
      <div className={style.sheetHead}>
        <h2 id={id}>{title}</h2>
        <ActionButton strength="quiet" size="small" onClick={onClose}>
          {t('layout.close')}
        </ActionButton>
      </div>
      {children}
    </dialog>
  )
}

/** The browser's own modal: it keeps the focus, makes the rest inert, and gives the focus back. `data-first-focus` marks where to begin. */
function useModal(open: boolean) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    const element = dialog.current
    if (open && element && !element.open) {
      element.showModal()
      element.querySelector<HTMLElement>('[data-first-focus]')?.focus()
    }
    if (!open && element?.open) element.close()
  }, [open])
  return dialog
}
