import type { ServerFeature } from '#platform/server'

/** The problems of this feature, as the reference explains them. */
export const accountProblems = {
  'sign-in-refused': {
    status: 401,
    title: { 'zh-CN': '无法登录', en: 'Sign-in refused' },
    explanation: {
      'zh-CN': '邮箱或密码不正确，或没有这个账户；出于安全考虑，回答相同。请检查后重试，或重新设置密码。',
      en: 'The e-mail address or the password is not right, or there is no such account; the answer is the same for either. Check both and try again, or set a new password.',
    },
  },
  'email-not-verified': {
    status: 403,
    title: { 'zh-CN': '邮箱尚未验证', en: 'E-mail address not confirmed' },
    explanation: {
      'zh-CN': '密码正确，但此账户的邮箱尚未验证。请打开验证邮件中的链接，或重新发送。',
      en: 'The password is right, but the e-mail address of the account has not been confirmed. Open the link of the mail, or have it sent again.',
    },
  },
  'too-many-attempts': {
    status: 429,
    title: { 'zh-CN': '尝试次数过多', en: 'Too many attempts' },
    explanation: {
      'zh-CN': '同一地址对同一账户的尝试过多。请等待 retryAfter 所示秒数后重试；账户本身没有被锁定。',
      en: 'One address tried too often on one account. Wait the seconds that retryAfter names; the account itself is not locked.',
    },
  },
  'link-expired': {
    status: 410,
    title: { 'zh-CN': '链接已失效', en: 'This link no longer works' },
    explanation: {
      'zh-CN': '邮件中的链接只能使用一次，且有期限。此链接已使用过、已过期或不完整。请重新申请。',
      en: 'A link of a mail works once and for a limited time. This one was used, has expired or is incomplete. Ask for a new mail.',
    },
  },
  'proof-refused': {
    status: 403,
    title: { 'zh-CN': '身份确认未通过', en: 'Not confirmed' },
    explanation: {
      'zh-CN': '此操作需要再次确认身份，而所填密码或验证码不正确，或此账户没有这种方式。没有更改任何内容。',
      en: 'This needs a fresh confirmation of who you are, and the password or code was not right, or the account has no such method. Nothing was changed.',
    },
  },
  'code-refused': {
    status: 403,
    title: { 'zh-CN': '验证码未被接受', en: 'Code not accepted' },
    explanation: {
      'zh-CN':
        '短信验证码不正确、已使用、输错 5 次或超过 5 分钟，或没有账户验证过此号码；出于安全考虑，回答相同。请重新获取验证码。',
      en: 'The code of the text message is not right, was used, was mistyped five times or is older than five minutes, or no account has confirmed the number; the answer is the same for all. Ask for a new one.',
    },
  },
  'phone-confirmed': {
    status: 409,
    title: { 'zh-CN': '手机号用于登录', en: 'Number signs in' },
    explanation: {
      'zh-CN': '已验证的手机号用于登录，只能在再次确认身份后更换或移除，因此没有更改任何内容。',
      en: 'A confirmed number signs in, so it is changed or removed with a fresh proof only. Nothing was changed.',
    },
  },
  'confirmation-needed': {
    status: 403,
    title: { 'zh-CN': '需要再次确认', en: 'Confirmation needed' },
    explanation: {
      'zh-CN':
        '此操作需要再次确认身份并说明理由。confirmation 说明将要做什么、可用的方式，以及是否需要第二人批准；将其中的 request 连同证明和理由提交到 POST /auth/confirmations，再用得到的令牌在 Confirmation 请求头中重复此请求。',
      en: 'This needs a fresh proof of who you are, and a reason. `confirmation` says what will be done, by what you can prove yourself, and whether a second person has to approve. Send its `request` with proof and reason to `POST /auth/confirmations` and repeat the call with the token in the header `Confirmation`.',
    },
  },
  'confirmation-outdated': {
    status: 410,
    title: { 'zh-CN': '确认请求已过期', en: 'Asked too long ago' },
    explanation: {
      'zh-CN': '确认请求在 15 分钟内有效，并且只属于提出它的登录。没有更改任何内容，请重新执行操作。',
      en: 'What is to be confirmed holds for fifteen minutes and for the session that asked. Nothing was changed. Start the action again.',
    },
  },
  'already-decided': {
    status: 409,
    title: { 'zh-CN': '已有答复', en: 'Already decided' },
    explanation: {
      'zh-CN': '另一位同事已批准或拒绝此请求，或请求已超过 24 小时。',
      en: 'A colleague has approved or declined this request, or it is older than a day.',
    },
  },
  'out-of-reach': {
    status: 403,
    title: { 'zh-CN': '等级不足', en: 'Out of reach' },
    explanation: {
      'zh-CN': '只能对等级更低的人进行操作；管理员之间的操作需要再次确认。没有更改任何内容。',
      en: 'A person acts on lower ranks only, administrators on each other with a second confirmation. Nothing was changed.',
    },
  },
  'second-factor-required': {
    status: 409,
    title: { 'zh-CN': '必须使用两步验证', en: 'Second factor required' },
    explanation: {
      'zh-CN': '本门户要求员工账户使用两步验证，因此不能停用。更换设备时请由管理员重置。',
      en: 'This portal demands a second factor of staff, so it cannot be turned off. An administrator can reset it when a device is lost.',
    },
  },
  'passkey-refused': {
    status: 403,
    title: { 'zh-CN': '通行密钥未被接受', en: 'Passkey not accepted' },
    explanation: {
      'zh-CN': '通行密钥的应答无效、已过期、来自其他网站，或此密钥不属于本门户的账户。请重试或使用其他方式。',
      en: 'The answer of the passkey is not valid, has expired, comes from another site, or belongs to no account here. Try again, or use another way.',
    },
  },
  'too-many-passkeys': {
    status: 409,
    title: { 'zh-CN': '通行密钥过多', en: 'Too many passkeys' },
    explanation: {
      'zh-CN': '账户的通行密钥已达上限，没有添加。请先删除不再使用的。',
      en: 'The account has as many passkeys as it may, and none was added. Remove one that is no longer used.',
    },
  },
  'too-many-keys': {
    status: 409,
    title: { 'zh-CN': 'API 密钥过多', en: 'Too many API keys' },
    explanation: {
      'zh-CN': '账户的有效 API 密钥已达上限，没有创建。请先撤销不再使用的。',
      en: 'The account has as many working API keys as it may, and none was made. Revoke one that is no longer used.',
    },
  },
  'last-way-in': {
    status: 409,
    title: { 'zh-CN': '唯一的登录方式', en: 'Only way to sign in' },
    explanation: {
      'zh-CN': '取消关联后此账户将无法登录，因此没有更改。请先设置密码或添加通行密钥。',
      en: 'Without it the account could not be signed in to, so it was left as it is. Set a password or add a passkey first.',
    },
  },
  'provider-unreachable': {
    status: 503,
    title: { 'zh-CN': '登录服务商无法访问', en: 'Sign-in provider not reached' },
    explanation: {
      'zh-CN': '无法从登录服务商读取其公开信息，没有更改任何内容。请稍后重试。',
      en: 'What the sign-in provider publishes of itself could not be read, and nothing was changed. Try again shortly.',
    },
  },
  'no-second-factor': {
    status: 409,
    title: { 'zh-CN': '未启用两步验证', en: 'No second factor' },
    explanation: {
      'zh-CN': '恢复码属于两步验证，而此账户没有启用。请先设置身份验证器。',
      en: 'Recovery codes belong to a second factor, and the account has none. Set an authenticator app up first.',
    },
  },
  'second-factor-on': {
    status: 409,
    title: { 'zh-CN': '身份验证器已启用', en: 'Authenticator app already set up' },
    explanation: {
      'zh-CN': '此账户已有身份验证器，没有更改。要更换，请先停用。',
      en: 'The account has an authenticator app, which was left as it is. Turn it off first to set up another.',
    },
  },
  'email-taken': {
    status: 409,
    title: { 'zh-CN': '邮箱已有账户', en: 'Address already in use' },
    explanation: {
      'zh-CN': '此邮箱已有员工或客户账户，没有创建新账户。请使用其他邮箱，或更改现有员工账户的角色。',
      en: 'There is already a staff or customer account with this e-mail address, and none was created. Use another address, or change the roles of the existing account.',
    },
  },
  'already-member': {
    status: 409,
    title: { 'zh-CN': '已是成员', en: 'Already in the company' },
    explanation: {
      'zh-CN': '此邮箱属于本公司的成员，没有发送邀请。可在成员列表中更改其角色。',
      en: 'The address belongs to somebody of this company, and no invitation was sent. His role can be changed in the list of people.',
    },
  },
  'already-invited': {
    status: 409,
    title: { 'zh-CN': '已有邀请', en: 'Already invited' },
    explanation: {
      'zh-CN': '本公司对此邮箱已有尚未接受的邀请，没有再次发送。可在邀请列表中重新发送或撤回。',
      en: 'This company has an open invitation for the address, and no other was sent. It can be sent again or withdrawn in the list of invitations.',
    },
  },
  'too-many-invitations': {
    status: 409,
    title: { 'zh-CN': '邀请过多', en: 'Too many invitations' },
    explanation: {
      'zh-CN': '一家公司同时最多有 20 个尚未接受的邀请，没有发送。请等待对方接受，或撤回不再需要的邀请。',
      en: 'A company has at most 20 open invitations at once, and no other was sent. Wait until some are accepted, or withdraw some.',
    },
  },
  'company-of-one': {
    status: 409,
    title: { 'zh-CN': '个人用户', en: 'A person alone' },
    explanation: {
      'zh-CN': '个人用户不能邀请同事，也不能被移出。填写公司名称后即成为公司，可以邀请同事。',
      en: 'A person alone can neither invite colleagues nor be removed. Once the company has a name of its own, colleagues can be invited.',
    },
  },
  'cannot-join': {
    status: 409,
    title: { 'zh-CN': '无法加入', en: 'Cannot join' },
    explanation: {
      'zh-CN':
        '邀请有效，但打开它的人不能接受：邮箱已有账户需要先登录，用另一个邮箱登录，已属于某家公司，或是员工账户。邀请没有使用，没有更改任何内容。',
      en: 'The invitation holds, but not for whoever opened it: the address has an account whose owner has to sign in, somebody else is signed in, he belongs to a company, or he is staff. It was not used, and nothing was changed.',
    },
  },
  'invitation-settled': {
    status: 409,
    title: { 'zh-CN': '邀请已处理', en: 'Invitation already settled' },
    explanation: {
      'zh-CN': '这位同事已设置密码或已停用，没有可重新发送或撤回的邀请。',
      en: 'The colleague has set a password or was deactivated, so there is no invitation to send again or to withdraw.',
    },
  },
  'last-company-admin': {
    status: 409,
    title: { 'zh-CN': '公司的最后一位管理员', en: 'Last administrator of the company' },
    explanation: {
      'zh-CN': '有成员的公司至少要有一位管理员，没有更改任何内容。请先任命另一位公司管理员。',
      en: 'A company with people keeps an administrator, so nothing was changed. Make somebody else its administrator first.',
    },
  },
  'last-admin': {
    status: 409,
    title: { 'zh-CN': '最后一位管理员', en: 'Last administrator' },
    explanation: {
      'zh-CN': '至少要有一位可以登录的管理员，角色没有更改。请先任命另一位管理员。',
      en: 'There must be one administrator who can sign in, so the roles were left as they are. Make somebody else an administrator first.',
    },
  },
} as const satisfies ServerFeature['problems']
