import type { LocalizedText } from '#platform/core'
import { conflict, Failure, invalid, platformFailure } from '#platform/server'
import type { ConfirmationNeeded, Standing } from '../core/index.ts'
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

export const tooManyAttempts = (
  seconds: number,
  remedy: LocalizedText = { 'zh-CN': '忘记密码可以重新设置。', en: 'If you forgot your password, set a new one.' },
): Failure =>
  new Failure({
    ...described('too-many-attempts'),
    detail: { 'zh-CN': `尝试次数过多，请在 ${seconds} 秒后重试。`, en: `Too many attempts. Try again in ${seconds} seconds.` },
    remedy,
    extensions: { retryAfter: seconds },
  })

/** Codes by text message: sparing, whether or not anybody has the number. */
export function tooManyCodes(seconds: number): Failure {
  const [zh, en] =
    seconds < 120
      ? [`${seconds} 秒`, `${seconds} seconds`]
      : [`${Math.ceil(seconds / 3600)} 小时`, `${Math.ceil(seconds / 3600)} hours`]
  return new Failure({
    ...described('too-many-attempts'),
    detail: { 'zh-CN': `验证码发送过于频繁，请在 ${zh}后重试。`, en: `No more codes are sent for now. Try again in ${en}.` },
    remedy: { 'zh-CN': '也可以使用其他登录方式。', en: 'You can use another way of signing in meanwhile.' },
    extensions: { retryAfter: seconds },
  })
}

/** One answer for a wrong code, one that ended, and a number that signs nobody in. */
export const codeRefused = (): Failure =>
  new Failure({
    ...described('code-refused'),
    detail: { 'zh-CN': '验证码不正确或已失效。', en: 'This code is not right, or no longer works.' },
    remedy: { 'zh-CN': '请检查后重试，或重新获取验证码。', en: 'Check it and try again, or ask for a new one.' },
  })

/** The number signs in: it changes with a proof only. */
export const phoneIsConfirmed = (): Failure =>
  conflict(
    'phone-confirmed',
    { 'zh-CN': '此手机号用于登录。', en: 'This number signs you in.' },
    { 'zh-CN': '请在“账户安全”中更换或移除。', en: 'Change or remove it under Security.' },
  )

/** One answer for a key that is none, was revoked, has expired, or whose owner is gone. */
export const keyRefused = (): Failure =>
  platformFailure('key-refused', undefined, {
    remedy: {
      'zh-CN': '请检查密钥是否复制完整，或在账户页面创建新密钥。',
      en: 'Check that it was copied whole, or make a new one on the account page.',
    },
  })

export const tooManyKeys = (most: number): Failure =>
  conflict(
    'too-many-keys',
    { 'zh-CN': `最多可以有 ${most} 个有效的 API 密钥。`, en: `There are ${most} working API keys already, which is the most.` },
    { 'zh-CN': '请先撤销不再使用的。', en: 'Revoke one you no longer use first.' },
  )

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
    expected: true,
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

/** Said to who looks after the company, of his own people only. */
export const alreadyMember = (): Failure =>
  conflict(
    'already-member',
    { 'zh-CN': '此人已是公司成员。', en: 'This person belongs to the company already.' },
    { 'zh-CN': '请在成员列表中更改其角色。', en: 'Change his role in the list of people.' },
  )

export const alreadyInvited = (): Failure =>
  conflict(
    'already-invited',
    { 'zh-CN': '此邮箱已有尚未接受的邀请。', en: 'This address has an open invitation already.' },
    { 'zh-CN': '请在邀请列表中重新发送或撤回。', en: 'Send it again, or withdraw it, in the list of invitations.' },
  )

export const tooManyInvitations = (most: number): Failure =>
  conflict(
    'too-many-invitations',
    { 'zh-CN': `公司已有 ${most} 个尚未接受的邀请。`, en: `The company has ${most} open invitations, which is the most.` },
    {
      'zh-CN': '请等待对方接受，或撤回不再需要的邀请。',
      en: 'Wait until some are accepted, or withdraw those no longer needed.',
    },
  )

/** A person alone has nobody to invite, and nothing to be taken out of. */
export const companyOfOne = (act: 'invite' | 'remove'): Failure =>
  conflict(
    'company-of-one',
    { 'zh-CN': '这是个人用户，不是公司。', en: 'This is a person alone, not a firm.' },
    act === 'invite'
      ? { 'zh-CN': '请先填写公司名称，再邀请同事。', en: 'Give the company its name first, then invite colleagues.' }
      : { 'zh-CN': '不再允许登录时，请停用账户。', en: 'To let him sign in no more, deactivate the account.' },
  )

export const invitationSettled = (): Failure =>
  conflict(
    'invitation-settled',
    { 'zh-CN': '这位同事已设置密码，或账户已停用。', en: 'This colleague has set a password, or is deactivated.' },
    { 'zh-CN': '请刷新列表。', en: 'Reload the list.' },
  )

/** Why somebody cannot accept an invitation, and what he can do. */
export const cannotJoin = (standing: Standing): Failure =>
  conflict('cannot-join', ...(obstacles[standing] ?? obstacles.elsewhere))

const obstacles: Partial<Record<Standing, [LocalizedText, LocalizedText]>> & Record<'elsewhere', [LocalizedText, LocalizedText]> =
  {
    newcomer: [
      { 'zh-CN': '此邮箱还没有账户。', en: 'There is no account with this address yet.' },
      { 'zh-CN': '请打开邮件中的链接。', en: 'Open the link in the mail.' },
    ],
    'sign-in-first': [
      { 'zh-CN': '此邮箱已有账户。', en: 'This address has an account already.' },
      { 'zh-CN': '请先登录，再打开邮件中的链接。', en: 'Sign in first, then open the link in the mail.' },
    ],
    member: [
      { 'zh-CN': '您已是这家公司的成员。', en: 'You belong to this company already.' },
      { 'zh-CN': '无需再做什么。', en: 'There is nothing to do.' },
    ],
    elsewhere: [
      { 'zh-CN': '您已属于另一家公司。', en: 'You belong to another company.' },
      {
        'zh-CN': '请先请贵公司的管理员将您移出，或联系我们。',
        en: 'Ask an administrator of your company to remove you from it first, or ask us.',
      },
    ],
    'other-address': [
      { 'zh-CN': '邀请发给了另一个邮箱。', en: 'The invitation is for another address.' },
      { 'zh-CN': '请用受邀的邮箱登录。', en: 'Sign in with the invited address.' },
    ],
    staff: [
      { 'zh-CN': '员工账户不能加入客户公司。', en: 'A staff account cannot join a customer’s company.' },
      { 'zh-CN': '请让对方邀请另一个邮箱。', en: 'Have another address invited.' },
    ],
  }

/** For every invitation that cannot be accepted: used, withdrawn, expired and unknown look alike. */
export const invitationExpired = (): Failure =>
  new Failure({
    ...described('link-expired'),
    detail: {
      'zh-CN': '此邀请已使用过、已撤回、已过期，或链接不完整。',
      en: 'The invitation was used already, was withdrawn, has expired, or the link is incomplete.',
    },
    remedy: { 'zh-CN': '请让邀请您的人重新发送。', en: 'Ask whoever invited you to send it again.' },
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
