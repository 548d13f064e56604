import type { LocalizedText } from '#platform/core'
import { Failure } from './errors.ts'

/** What /problems/{type} says of a problem type. */
export interface ProblemDescription {
  status: number
  title: LocalizedText
  /** why it happens and what to do, a few sentences */
  explanation: LocalizedText
}

/** The problems the platform itself answers with. A feature describes its own in `ServerFeature.problems`. */
export const platformProblems = {
  validation: {
    status: 422,
    title: { 'zh-CN': '输入有误', en: 'Invalid input' },
    explanation: {
      'zh-CN': '请求中的某些字段不符合要求，没有保存任何内容。errors 列出每个字段的位置、收到的值、原因和修改方法。',
      en: 'Some fields of the request are not acceptable, and nothing was saved. `errors` names each field, the value received, the reason and the remedy.',
    },
  },
  'malformed-json': {
    status: 400,
    title: { 'zh-CN': 'JSON 无法解析', en: 'Malformed JSON' },
    explanation: {
      'zh-CN': '请求正文不是有效的 UTF-8 JSON。请用 JSON 库生成正文后重试。',
      en: 'The request body is not valid JSON in UTF-8. Let a JSON library write the body and try again.',
    },
  },
  'malformed-url': {
    status: 400,
    title: { 'zh-CN': '网址无法解析', en: 'Malformed address' },
    explanation: {
      'zh-CN': '网址含有错误的百分号编码或不允许的字符。请检查链接是否复制完整。',
      en: 'The address contains a broken percent-encoding or a character that is not allowed. Check that the link was copied whole.',
    },
  },
  'not-found': {
    status: 404,
    title: { 'zh-CN': '未找到', en: 'Not found' },
    explanation: {
      'zh-CN': '此地址没有内容，或内容不属于您。请检查链接，或登录后重试。',
      en: 'There is nothing at this address, or it is not yours. Check the link, or sign in and try again.',
    },
  },
  'method-not-allowed': {
    status: 405,
    title: { 'zh-CN': '不支持此方法', en: 'Method not allowed' },
    explanation: {
      'zh-CN': '此地址存在，但不支持所用的 HTTP 方法。Allow 响应头列出支持的方法。',
      en: 'The address exists, but not for this HTTP method. The Allow header names the methods it has.',
    },
  },
  'body-too-large': {
    status: 413,
    title: { 'zh-CN': '内容过大', en: 'Too large' },
    explanation: {
      'zh-CN': '请求正文超过此操作的上限，未被读取。请减小内容后重试。',
      en: 'The request body is larger than this operation accepts and was not read. Send less and try again.',
    },
  },
  'unsupported-media-type': {
    status: 415,
    title: { 'zh-CN': '内容类型不受支持', en: 'Unsupported media type' },
    explanation: {
      'zh-CN': '此操作只接受 JSON。请设置 Content-Type: application/json。',
      en: 'This operation accepts JSON only. Send it with Content-Type: application/json.',
    },
  },
  'sign-in-needed': {
    status: 401,
    title: { 'zh-CN': '需要登录', en: 'Sign-in needed' },
    explanation: {
      'zh-CN': '您尚未登录，或登录已过期。请登录后重试。',
      en: 'You are not signed in, or your session has ended. Sign in and try again.',
    },
  },
  'not-permitted': {
    status: 403,
    title: { 'zh-CN': '没有权限', en: 'Not permitted' },
    explanation: {
      'zh-CN': '您的账号，或所用的 API 密钥，没有执行此操作的权限；permission 指明所需权限。请联系管理员，或使用含此权限的密钥。',
      en: 'Your account, or the API key it comes by, does not have the permission that `permission` names. Ask an administrator, or use a key with this scope.',
    },
  },
  'key-refused': {
    status: 401,
    title: { 'zh-CN': '密钥无效', en: 'Key not accepted' },
    explanation: {
      'zh-CN':
        '`Authorization: Bearer` 中的 API 密钥不完整、已过期、已撤销，或其所有者已停用、已离开公司。请检查是否复制完整，或在账户页面创建新密钥。',
      en: 'The API key in `Authorization: Bearer` is incomplete, has expired or was revoked, or its owner was deactivated or left the company. Check that it was copied whole, or make a new one on the account page.',
    },
  },
  'not-for-keys': {
    status: 403,
    title: { 'zh-CN': '不能使用 API 密钥', en: 'Not for API keys' },
    explanation: {
      'zh-CN': '此操作涉及本人的账户，或需要本人再次确认，因此不接受 API 密钥。请登录后操作。',
      en: 'This is about the account of a person, or has to be confirmed by himself, so no API key can do it. Sign in and do it yourself.',
    },
  },
  'only-for-keys': {
    status: 403,
    title: { 'zh-CN': '只能使用 API 密钥', en: 'For API keys only' },
    explanation: {
      'zh-CN': '此操作由程序用 API 密钥执行，不接受登录会话。请在账户页面创建密钥，由您的服务器调用。',
      en: 'Programs do this by an API key, nobody by signing in. Make a key on the account page and let your server call.',
    },
  },
  'not-for-embeds': {
    status: 403,
    title: { 'zh-CN': '不能使用嵌入令牌', en: 'Not for tokens of other sites' },
    explanation: {
      'zh-CN': '嵌入令牌只能读取 /api/v1/embed/ 下的内容。其他操作请由您的服务器用 API 密钥执行。',
      en: 'A token for pages of other sites opens what lies below /api/v1/embed/. Let your server do anything else by its API key.',
    },
  },
  'https-needed': {
    status: 403,
    title: { 'zh-CN': '需要 HTTPS', en: 'HTTPS needed' },
    explanation: {
      'zh-CN': '程序以明文 HTTP 调用了 API。请改用 https:// 地址；已随请求发送的密码、密钥和 Cookie 可能已被他人读取，请更换。',
      en: 'A program called the API by plain HTTP. Use the https:// address, and change passwords, keys and sessions that were sent along: others may have read them.',
    },
  },
  'foreign-origin': {
    status: 403,
    title: { 'zh-CN': '来源不符', en: 'Foreign origin' },
    explanation: {
      'zh-CN': '更改数据的请求必须来自本站页面。请在本站打开页面后重试。',
      en: 'A request that changes something must come from a page of this portal. Open the page here and try again.',
    },
  },
  'rate-limited': {
    status: 429,
    title: { 'zh-CN': '请求过于频繁', en: 'Too many requests' },
    explanation: {
      'zh-CN': '短时间内来自同一地址或账号的请求过多。请在 Retry-After 所示秒数后重试。',
      en: 'Too many requests came from one address or account in a short time. Wait the seconds that Retry-After names, then try again.',
    },
  },
  'changed-meanwhile': {
    status: 412,
    title: { 'zh-CN': '内容已被他人修改', en: 'Somebody changed this meanwhile' },
    explanation: {
      'zh-CN': '您打开之后，该内容已被修改，您的更改没有保存。请重新载入，核对后再次保存。',
      en: 'This was changed after you opened it, and your change was not saved. Reload it, compare, and save again.',
    },
  },
  'if-match-needed': {
    status: 428,
    title: { 'zh-CN': '缺少 If-Match', en: 'If-Match needed' },
    explanation: {
      'zh-CN': '此操作需要 If-Match 请求头，其值为读取时收到的 ETag，以免覆盖他人的修改。',
      en: 'This operation needs the If-Match header with the ETag received when reading, so that nobody overwrites the change of another.',
    },
  },
  'idempotency-key-invalid': {
    status: 422,
    title: { 'zh-CN': 'Idempotency-Key 无效', en: 'Invalid Idempotency-Key' },
    explanation: {
      'zh-CN': 'Idempotency-Key 应为 16 到 200 个可见 ASCII 字符，例如随机生成的 UUID。',
      en: 'An Idempotency-Key has 16 to 200 visible ASCII characters, for example a random UUID.',
    },
  },
  'idempotency-key-reused': {
    status: 422,
    title: { 'zh-CN': 'Idempotency-Key 已被使用', en: 'Idempotency-Key used before' },
    explanation: {
      'zh-CN': '相同的 Idempotency-Key 曾用于不同内容的请求。请为新的请求使用新的值。',
      en: 'The same Idempotency-Key came with another request before. Use a new one for a new request.',
    },
  },
  'idempotency-key-busy': {
    status: 409,
    title: { 'zh-CN': '相同请求正在处理', en: 'Same request in progress' },
    explanation: {
      'zh-CN': '带有相同 Idempotency-Key 的请求正在处理。请稍候用相同的值重试，即可取得结果。',
      en: 'A request with the same Idempotency-Key is in progress. Wait a moment and repeat it with the same key to get its answer.',
    },
  },
  'broken-off': {
    status: 400,
    title: { 'zh-CN': '上传中断', en: 'Broken off' },
    explanation: {
      'zh-CN': '文件尚未传完，连接就中断了，没有保存任何内容。请重新上传。',
      en: 'The connection ended before the whole file had come. Nothing was kept. Send it again.',
    },
  },
  'file-refused': {
    status: 422,
    title: { 'zh-CN': '文件不可用', en: 'File not taken' },
    explanation: {
      'zh-CN': '文件内容不符合要求，没有保存。类型按内容判断，与文件名无关；reason 说明原因。',
      en: 'The content of the file is not acceptable, and nothing was kept. What counts is what the file is, not what it is called; `reason` says why.',
    },
  },
  'file-waiting': {
    status: 409,
    title: { 'zh-CN': '文件正在等待检查', en: 'File not checked yet' },
    explanation: {
      'zh-CN': '病毒检查尚未完成，文件暂不能下载。请稍后重试。',
      en: 'The file has not been checked for viruses yet and cannot be downloaded until then. Try again later.',
    },
  },
  'range-not-satisfiable': {
    status: 416,
    title: { 'zh-CN': '所请求的片段不存在', en: 'No such piece' },
    explanation: {
      'zh-CN': '请求的片段位于文件末尾之后；bytes 是文件的大小。文件可能已经下载完整，或已换成新版本。请重新下载。',
      en: 'The piece that was asked for lies behind the end of the file, whose size `bytes` says. It may have come whole already, or be another version now. Fetch it anew.',
    },
  },
  'store-away': {
    status: 503,
    title: { 'zh-CN': '文件存储暂不可用', en: 'File store not available' },
    explanation: {
      'zh-CN': '文件存储暂时无法使用或空间不足，文件没有保存。请稍后重试。',
      en: 'Files cannot be kept or read at the moment: the store is away or full. Nothing was kept. Try again later.',
    },
  },
  'address-too-long': {
    status: 414,
    title: { 'zh-CN': '网址过长', en: 'Address too long' },
    explanation: {
      'zh-CN': '网址超过 8 KiB，或查询参数超过 100 个。请缩短链接后重试。',
      en: 'The address is longer than 8 KiB or has more than 100 query parameters. Shorten it and try again.',
    },
  },
  'headers-too-large': {
    status: 431,
    title: { 'zh-CN': '请求头过多', en: 'Too many headers' },
    explanation: {
      'zh-CN': '请求头超过 100 个或 16 KiB。请减少请求头后重试；在浏览器中可清除本站 Cookie。',
      en: 'The request has more than 100 headers or 16 KiB of them. Send fewer; in a browser, clearing the cookies of this site helps.',
    },
  },
  overloaded: {
    status: 503,
    title: { 'zh-CN': '访问量过大', en: 'Too busy' },
    explanation: {
      'zh-CN': '当前请求过多，此请求未能完成，没有保存任何内容。请在 Retry-After 所示秒数后重试。',
      en: 'There are more requests than can be served now. This one was not carried out and nothing was saved. Try again after the seconds in Retry-After.',
    },
  },
  'timed-out': {
    status: 503,
    title: { 'zh-CN': '处理超时', en: 'Took too long' },
    explanation: {
      'zh-CN': '处理此请求的时间过长，已中止等待。更改可能已保存，也可能没有；请先查看，再用相同的 Idempotency-Key 重试。',
      en: 'This took too long and is no longer waited for. A change may or may not have been saved: look first, then repeat it with the same Idempotency-Key.',
    },
  },
  unavailable: {
    status: 503,
    title: { 'zh-CN': '服务暂时不可用', en: 'Temporarily unavailable' },
    explanation: {
      'zh-CN': '数据库暂时无法连接。没有保存任何内容，请稍后重试。',
      en: 'The database cannot be reached at the moment. Nothing was saved. Try again shortly.',
    },
  },
  'outcome-unknown': {
    status: 503,
    title: { 'zh-CN': '无法确认是否已保存', en: 'Not known whether it was saved' },
    explanation: {
      'zh-CN':
        '保存的最后一刻与数据库的连接中断，无法确认内容是否已保存。用相同的 Idempotency-Key 重复请求即可确认，且不会重复执行；否则请先查看再重试。',
      en: 'The connection to the database broke in the last moment of saving, so it is not known whether this was saved. Repeat the request with the same Idempotency-Key: it is then done once in any case. Without a key, look first.',
    },
  },
  'storage-full': {
    status: 507,
    title: { 'zh-CN': '存储空间已满', en: 'No space left' },
    explanation: {
      'zh-CN': '服务器的存储空间已满。没有保存任何内容，已有内容不受影响，仍可查看。请稍后重试，或通知管理员。',
      en: 'The server has no space left. Nothing was saved; what was there before is safe and can be read. Try again later, or tell the operator.',
    },
  },
  'read-only': {
    status: 503,
    title: { 'zh-CN': '暂时只能查看', en: 'Reading only for now' },
    explanation: {
      'zh-CN':
        '系统目前不接受更改，例如因为存储空间将满。没有保存任何内容，已有内容不受影响，仍可查看。请稍后重试，或通知管理员。',
      en: 'The portal takes no changes at the moment, for example because space runs out. Nothing was saved; what was there before is safe and can be read. Try again later, or tell the operator.',
    },
  },
  internal: {
    status: 500,
    title: { 'zh-CN': '系统错误', en: 'Something failed on our side' },
    explanation: {
      'zh-CN': '系统出现意外错误，已记录。没有保存任何内容。请重试；如仍有问题，请告知请求编号。',
      en: 'Something unexpected failed on our side and was recorded. Nothing was saved. Try again; if it stays, tell us the request id.',
    },
  },
} as const satisfies Record<string, ProblemDescription>

/** A platform problem with its detail; the detail is the explanation where none is given. */
export function platformFailure(
  type: keyof typeof platformProblems,
  detail?: LocalizedText,
  more: { remedy?: LocalizedText; extensions?: Record<string, unknown> } = {},
): Failure {
  const { status, title, explanation } = platformProblems[type]
  return new Failure({ status, type, title, detail: detail ?? explanation, ...more })
}
