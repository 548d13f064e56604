import { useEffect, useState } from 'react'
import { useTexts } from '#platform/web'
import { passwordLength, type Strength, weighPassword } from '../core/index.ts'
import style from './form-page.module.css'

export interface TypedPassword {
  password: string
  /** the person's own words, which make a password weak */
  words: readonly string[]
}

/** How strong the password is, in a word and three strokes; says nothing before it is long enough to judge. */
export function PasswordStrength({ password, words }: TypedPassword) {
  const t = useTexts('accounts')
  const [strength, setStrength] = useState<Strength | null>(null)
  const long = password.length >= passwordLength.min
  const own = words.join('\n')
  useEffect(() => {
    let current = long
    if (long)
      void weighPassword(password, own.split('\n')).then(weighed => {
        if (current) setStrength(weighed.strength)
      })
    return () => {
      current = false
    }
  }, [password, own, long])
  const step = strength === null || !long ? 0 : Math.max(1, strength - 1)
  return (
    <p className={style.strength} role="status" data-step={step}>
      <span aria-hidden="true">
        <i />
        <i />
        <i />
      </span>
      {step === 0 ? '' : t(`strength.${step}`)}
    </p>
  )
}
