import { type ReactNode, useState } from 'react'
import { ActionButton, api, type FieldMessages, TextField, useTexts } from '#platform/web'
import { askForPasskey, askForPhoneProof, type PasskeyOptions, type Proof, type ProofMethod } from '../core/index.ts'
import { askPasskey } from './ask-passkey.ts'
import { CodeField, PasswordField, ProblemNotice } from './fields.tsx'
import style from './form-page.module.css'
import { PhoneCodeField } from './phone-code-field.tsx'
import { useAskedCode } from './use-asked-code.ts'
import { type Typed, useEntry } from './use-entry.ts'

interface ProofFormProps {
  /** what the person can prove himself by, the most convenient first */
  methods: readonly ProofMethod[]
  /** the verb on the button */
  action: string
  /** what stands beside the proof, with what is wrong with it */
  children?: ReactNode | ((errors: FieldMessages) => ReactNode)
  /** what is wrong with what stands beside the proof, before anything is sent */
  check?(typed: Typed): FieldMessages
  /** what the browser needs to ask for a passkey; unless given, as somebody who is signed in */
  passkeyOptions?(): Promise<PasskeyOptions>
  /** does what the proof is for; what it throws is shown */
  onProof(proof: Proof, typed: Typed): Promise<void>
}

/** Asks the person to prove that it is him, by one of the methods he has; another one is a click away. */
export function ProofForm({
  methods,
  action,
  children,
  check,
  passkeyOptions = () => api.call(askForPasskey, {}),
  onProof,
}: ProofFormProps) {
  const t = useTexts('accounts')
  const [chosen, setChosen] = useState<ProofMethod | null>(null)
  const method = chosen && methods.includes(chosen) ? chosen : methods[0]
  const entry = useEntry(
    typed => ({
      ...(method === 'passkey' || (method && kinds[method].read(typed))
        ? {}
        : { [fieldOf(method)]: t(`proof.${method}.missing`) }),
      ...check?.(typed),
    }),
    async typed => {
      if (method === 'passkey') return onProof({ method, response: await askPasskey(await passkeyOptions(), t) }, typed)
      const proof = method && kinds[method].read(typed)
      if (proof) await onProof(proof, typed)
    },
  )
  if (!method) return <p>{t('proof.none')}</p>
  return (
    <form className={style.form} method="post" noValidate key={method} onSubmit={entry.onSubmit}>
      <ProblemNotice problem={entry.problem} />
      {method === 'passkey' ? <p>{t('proof.passkey.lead')}</p> : kinds[method].field(entry.errors, t)}
      {typeof children === 'function' ? children(entry.errors) : children}
      <div className={style.actions}>
        <ActionButton type="submit" strength="primary" disabled={entry.busy}>
          {action}
        </ActionButton>
        {methods
          .filter(other => other !== method)
          .map(other => (
            <ActionButton key={other} strength="quiet" onClick={() => setChosen(other)}>
              {t(`proof.${other}.instead`)}
            </ActionButton>
          ))}
      </div>
    </form>
  )
}

interface Kind {
  field(errors: FieldMessages, t: ReturnType<typeof useTexts>): ReactNode
  /** undefined where nothing usable was typed */
  read(typed: Typed): Proof | undefined
}

const kinds: { [Method in Exclude<ProofMethod, 'passkey'>]: Kind } = {
  password: {
    field: errors => <PasswordField error={errors.password ?? errors['proof.password']} />,
    read: ({ password }) => (password ? { method: 'password', password } : undefined),
  },
  totp: {
    field: errors => <CodeField error={errors.code ?? errors['proof.code']} />,
    read(typed) {
      const code = typed.text('code').replace(/\s/g, '')
      return /^\d{6}$/.test(code) ? { method: 'totp', code } : undefined
    },
  },
  phone: {
    field: errors => <PhoneProofField error={errors.code ?? errors['proof.code']} />,
    read(typed) {
      const [token, code] = [typed.text('token'), typed.text('code').replace(/\s/g, '')]
      return token && /^\d{6}$/.test(code) ? { method: 'phone', token, code } : undefined
    },
  },
  recovery: {
    field: (errors, t) => (
      <TextField
        label={t('field.recoveryCode')}
        name="code"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        required
        maxLength={40}
        help={t('field.recoveryCodeHelp')}
        error={errors.code ?? errors['proof.code']}
      />
    ),
    read: typed => (typed.text('code').length >= 8 ? { method: 'recovery', code: typed.text('code') } : undefined),
  },
}

/** A code to the number the person has confirmed. */
function PhoneProofField({ error }: { error: string | undefined }) {
  const code = useAskedCode()
  return <PhoneCodeField code={code} onAsk={() => api.call(askForPhoneProof, {})} error={error} />
}

const fieldOf = (method: ProofMethod | undefined) => (method === 'password' ? 'password' : 'code')
