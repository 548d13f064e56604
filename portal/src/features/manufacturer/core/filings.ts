/** Numbers under which a site is registered in China. Each leads to where it can be looked up. */

const separators = /[\s\u200b]+/g

/** As it is written: '沪ICP备12345678号-1'. Empty stays empty. */
export const tidyFiling = (typed: string): string =>
  typed
    .normalize('NFKC') // full-width figures and dashes
    .replace(separators, '')
    .replace(/[‐-―−]/g, '-')
    .replace(/icp/i, 'ICP')

/** '沪ICP备12345678号' or '沪ICP备12345678号-1': province, the number of the company, the number of the site. */
export const isIcpFiling = (text: string): boolean => /^\p{Script=Han}ICP备\d{6,10}号(-\d{1,4})?$/u.test(text)

/** '沪公网安备31010402000001号': province, then 14 figures. */
export const isPolicingFiling = (text: string): boolean => /^\p{Script=Han}公网安备\d{14}号$/u.test(text)

/** Where everybody can look up ICP filings. */
export const icpRegister = 'https://beian.miit.gov.cn/'

/** Where a public-security filing can be looked up. */
export const policingRegister = (filing: string): string =>
  `https://beian.mps.gov.cn/#/query/webSearch?code=${filing.replace(/\D/g, '')}`

export const notIcpFiling = {
  message: { 'zh-CN': '这不是 ICP 备案号。', en: 'This is not an ICP filing number.' },
  remedy: {
    'zh-CN': '请按工信部备案查询结果填写，如 沪ICP备12345678号-1，或留空。',
    en: 'Give it as the ministry’s register has it, such as 沪ICP备12345678号-1, or none.',
  },
}

export const notPolicingFiling = {
  message: { 'zh-CN': '这不是公安备案号。', en: 'This is not a public-security filing number.' },
  remedy: {
    'zh-CN': '请填写省份简称、“公网安备”和 14 位数字，如 沪公网安备31010402000001号，或留空。',
    en: 'Give the province, 公网安备 and 14 figures, such as 沪公网安备31010402000001号, or none.',
  },
}
