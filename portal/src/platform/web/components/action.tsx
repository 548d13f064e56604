import type { ButtonHTMLAttributes, InputHTMLAttributes, ReactNode } from 'react'
import { Link, type LinkProps } from 'react-router'
import style from './action.module.css'

interface Look {
  /** primary: the one thing to do here, at most one in sight. Default secondary */
  strength?: 'primary' | 'secondary' | 'quiet'
  size?: 'normal' | 'small'
  /** as wide as its column */
  block?: boolean
  children: ReactNode
}

/** A button that is a link. */
export function ActionLink({ strength, size, block, className, ...link }: Look & LinkProps) {
  return (
    <Link
      prefetch={link.reloadDocument ? 'none' : 'intent'}
      {...link}
      className={classes({ strength, size, block, className })}
    />
  )
}

export function ActionButton({ strength, size, block, className, ...button }: Look & ButtonHTMLAttributes<HTMLButtonElement>) {
  return <button type="button" {...button} className={classes({ strength, size, block, className })} />
}

interface FileProps extends Look, Pick<InputHTMLAttributes<HTMLInputElement>, 'accept' | 'disabled' | 'aria-invalid'> {
  onFile(file: File): void
}

/** Of pictures that the portal takes (`ActionFile`). */
export const acceptedPictures = 'image/png,image/jpeg,image/webp'

/** A button that takes a file from the disk, and the same one again where it is chosen again. */
export function ActionFile({ strength, size, block, children, onFile, ...input }: FileProps) {
  return (
    <label className={classes({ strength, size, block })} data-disabled={input.disabled || undefined}>
      <input
        {...input}
        type="file"
        className="visually-hidden"
        onChange={event => {
          const [file] = event.target.files ?? []
          if (file) onFile(file)
          event.target.value = ''
        }}
      />
      {children}
    </label>
  )
}

function classes(look: { [Key in 'strength' | 'size' | 'block' | 'className']?: string | boolean | undefined }): string {
  return [
    style.action,
    look.strength === 'primary' && style.primary,
    look.strength === 'quiet' && style.quiet,
    look.size === 'small' && style.small,
    look.block && style.block,
    look.className,
  ]
    .filter(Boolean)
    .join(' ')
}
