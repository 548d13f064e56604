import type { ButtonHTMLAttributes, ReactNode } from 'react'
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
