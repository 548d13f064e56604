import type { LocalizedText } from '#platform/core'

/** What the privacy page says until the manufacturer publishes a notice of its own: true of the portal as it is. Written as `textBlocks` reads it. */
export const defaultNotice: LocalizedText = {
  'zh-CN': `# 简要说明
- 我们保存您自己填写的内容：账户的姓名、邮箱、电话，询价的联系方式、留言和文件；以及保护账户所需的登录记录。
- 只用于答复询价、提供账户和保护安全。没有广告，没有跟踪。
- 邮箱、电话和留言加密保存，只有具备权限的人员可以查看。
- 机器发来的读数属于机器，保留期限写在该机器的“测量值”页面；期满后只保留小时值。
- 账户信息随账户一起删除；询价结束后到期，其中的个人信息自动去除。
- 您可以随时要求查阅、导出、更正或删除，并撤回同意；我们在一个月内答复。

# Cookie
只使用必要的 Cookie：登录状态、已登录过的浏览器、所选语言。没有广告或跟踪 Cookie，因此无需弹窗征求同意。访问只按天计数，不记录是谁。

# 退出信号
浏览器发送全球隐私控制（GPC）信号时，我们不记录您从哪里访问本站，也不计数。

# 您的权利
您可以查阅、导出、更正、删除您的信息，并撤回同意。我们在一个月内答复。`,
  en: `# In short
- We keep what you enter yourself: name, e-mail address and phone number of an account; contact, words and files of an inquiry; and the records of signing in that keep an account safe.
- Only to answer inquiries, to give you an account and to keep it safe. No advertising, no tracking.
- Addresses, numbers and messages are encrypted, and seen by those with the right only.
- What a machine reports belongs to the machine. The page of its readings says for how long each is kept; after that there are values by the hour alone.
- What belongs to an account goes with it. Some time after an inquiry was closed, what is personal in it is taken out by itself.
- At any time you may ask to see, take with you, correct or delete it, and withdraw a consent. We answer within a month.

# Cookies
Only necessary ones: that you are signed in, browsers you signed in with, the language you chose. No advertising or tracking cookies, and so no banner. Visits are counted by the day, without anybody being known.

# Opt-out signal
Where your browser sends Global Privacy Control (GPC), we do not record where your visit came from, and do not count it.

# Your rights
You may see, take with you, correct and delete what we hold, and withdraw a consent. We answer within a month.`,
}
