import { conflict, Failure, invalid } from '#platform/server'
import type { ConfirmationNeeded } from '../core/index.ts'
import { accountProblems } from './problems.ts'

/** One answer for an unknown address and a wrong password. */
export const signInRefused = (): Failure =>
  new Failure({
    ...described('sign-in-refused'),
    detail: { 'zh-CN': '邮箱或密码不正确。', en: 'The e-mail address or the password is not right.' },
    remedy: {
      'zh-CN': '请检查后重试；忘记密码可以重新设置。',
      en: 'Check both and try again, or set a new password if you forgot it.',
    },
  })

/** Said only to somebody who knew the password. */
export const emailNotVerified = (): Failure =>
  new Failure({
    ...described('email-not-verified'),
    detail: { 'zh-CN': '此账户的邮箱尚未验证。', en: 'The e-mail address of this account has not been confirmed yet.' },
    remedy: {
      'zh-CN': '请打开我们发送的邮件中的链接，或重新发送验证邮件。',
      en: 'Open the link in the mail we sent you, or have it sent again.',
    },
  })

export const tooManyAttempts = (seconds: number): Failure =>
  new Failure({
    ...described('too-many-attempts'),
    detail: { 'zh-CN': `尝试次数过多，请在 ${seconds} 秒后重试。`, en: `Too many attempts. Try again in ${seconds} seconds.` },
    remedy: { 'zh-CN': '忘记密码可以重新设置。', en: 'If you forgot your password, set a new one.' },
    extensions: { retryAfter: seconds },
  })

/** One answer for a wrong value and a method the person does not have. */
export const proofRefused = (): Failure =>
  new Failure({
    ...described('proof-refused'),
    detail: { 'zh-CN': '身份确认未通过。', en: 'That did not confirm who you are.' },
    remedy: {
      'zh-CN': '请检查后重试；验证码每 30 秒更新，只能使用一次。',
      en: 'Check it and try again. A code of the app changes every 30 seconds and works once.',
    },
  })

/** Under the field of the present password. */
export const wrongPassword = (): Failure =>
  invalid([
    {
      field: '/current',
      message: { 'zh-CN': '当前密码不正确。', en: 'This is not your present password.' },
      remedy: {
        'zh-CN': '请检查后重试；忘记密码可以通过邮件重新设置。',
        en: 'Check it, or set a new password by mail if you forgot it.',
      },
    },
  ])

/** The first code of an authenticator app that is being set up. */
export const wrongCode = (): Failure =>
  invalid([
    {
      field: '/code',
      message: { 'zh-CN': '验证码不正确。', en: 'This is not the code the app shows now.' },
      remedy: {
        'zh-CN': '请填写应用当前显示的 6 位数字，并检查手机时间是否准确。',
        en: 'Enter the six digits it shows now, and check that the clock of the phone is right.',
      },
    },
  ])

/** Whatever did not hold: the browser's answer is not the person's to correct. */
export const passkeyRefused = (): Failure =>
  new Failure({
    ...described('passkey-refused'),
    detail: { 'zh-CN': '通行密钥未被接受。', en: 'This passkey was not accepted.' },
    remedy: { 'zh-CN': '请重试，或使用其他方式。', en: 'Try again, or use another way.' },
  })

export const tooManyPasskeys = (most: number): Failure =>
  conflict(
    'too-many-passkeys',
    { 'zh-CN': `最多可以保存 ${most} 个通行密钥。`, en: `There are ${most} passkeys already, which is the most.` },
    { 'zh-CN': '请先删除不再使用的。', en: 'Remove one you no longer use first.' },
  )

export const providerUnreachable = (): Failure =>
  new Failure({
    ...described('provider-unreachable'),
    detail: { 'zh-CN': '登录服务商暂时无法访问。', en: 'The sign-in provider cannot be reached at the moment.' },
    remedy: { 'zh-CN': '请稍后重试。', en: 'Try again shortly.' },
  })

export const lastWayIn = (): Failure =>
  conflict(
    'last-way-in',
    { 'zh-CN': '这是此账户唯一的登录方式。', en: 'This is the only way this account signs in.' },
    { 'zh-CN': '请先设置密码或添加通行密钥。', en: 'Set a password or add a passkey first.' },
  )

export const noSecondFactor = (): Failure =>
  new Failure({
    ...described('no-second-factor'),
    detail: { 'zh-CN': '此账户没有启用两步验证。', en: 'This account has no second factor.' },
    remedy: { 'zh-CN': '请先设置身份验证器。', en: 'Set an authenticator app up first.' },
  })

export const secondFactorRequired = (): Failure =>
  new Failure({
    ...described('second-factor-required'),
    detail: { 'zh-CN': '员工账户必须使用两步验证。', en: 'Staff accounts must have a second factor here.' },
    remedy: { 'zh-CN': '更换手机时，请联系管理员重置。', en: 'To change phones, ask an administrator to reset it.' },
  })

/** Says what will be done and how to confirm it. */
export const confirmationMissing = (confirmation: ConfirmationNeeded): Failure =>
  new Failure({
    ...described('confirmation-needed'),
    detail: { 'zh-CN': `需要再次确认：${confirmation.what}`, en: `This needs to be confirmed: ${confirmation.what}` },
    remedy: { 'zh-CN': '请再次确认身份并说明理由。', en: 'Confirm who you are and give a reason.' },
    extensions: { confirmation },
  })

export const confirmationOutdated = (): Failure =>
  new Failure({
    ...described('confirmation-outdated'),
    detail: { 'zh-CN': '此确认请求已过期。', en: 'This was asked too long ago, or of somebody else.' },
    remedy: { 'zh-CN': '请重新执行操作。', en: 'Start the action again.' },
  })

export const outOfReach = (): Failure =>
  new Failure({
    ...described('out-of-reach'),
    detail: { 'zh-CN': '您的等级不能对此人进行此操作。', en: 'Your rank does not reach this person.' },
    remedy: { 'zh-CN': '请联系等级更高的同事。', en: 'Ask a colleague of a higher rank.' },
  })

/** For every link of a mail: unknown, spent and expired look alike. */
export const linkExpired = (): Failure =>
  new Failure({
    ...described('link-expired'),
    detail: {
      'zh-CN': '此链接已使用过、已过期或不完整。',
      en: 'The link was used already, has expired, or is incomplete.',
    },
    remedy: { 'zh-CN': '请重新申请一封邮件。', en: 'Ask for a new mail.' },
  })

const described = (type: keyof typeof accountProblems) => ({
  type,
  status: accountProblems[type].status,
  title: accountProblems[type].title,
})
