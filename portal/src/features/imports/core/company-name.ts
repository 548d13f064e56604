import { isPlace, leadingPlace } from './chinese-places.ts'
import { simplified } from './simplified-characters.ts'

/** A company's name taken apart, so that two ways of writing it can be seen to mean one company. */
export interface CompanyName {
  /** the whole name without what only writing adds: width, case, spaces, punctuation, traditional characters, spelling of a legal form */
  whole: string
  /** without legal form and place; '' where nothing telling is left */
  core: string
  /** province, city */
  places: readonly string[]
  /** 上海分公司: a branch is another customer than its house */
  branch: string
}

/** Takes a name apart. Chinese names are read as one word with legal forms and places in it, others as words. */
export function readCompanyName(name: string): CompanyName {
  const plain = simplified(name.normalize('NFKC').toLowerCase())
  return /\p{Script=Han}/u.test(plain) ? readChinese(plain) : readWords(plain)
}

/** What a Chinese name ends in to say in which form of law the company lives; taken away one after another. */
const legalForms = [
  ...['有限责任公司', '股份有限公司', '有限公司', '总公司', '公司', '特殊普通合伙', '普通合伙', '有限合伙', '合伙企业'],
  ...[
    '个人独资企业',
    '个体工商户',
    '有限责任',
    '集团',
    '控股',
    '股份',
    '有限',
    'companyltd',
    'coltd',
    'ltd',
    'inc',
    'gmbh',
    'llc',
  ],
]
const branchEnds = ['分公司', '支公司', '分厂', '办事处', '营业部', '事业部']
const longestBranch = 24

/** A house and its branch: 磊鑫公司 and 上海分公司. */
function withoutBranch(name: string): { house: string; branch: string } {
  const from = Math.max(4, name.length - longestBranch)
  const house = branchEnds.some(end => name.endsWith(end))
    ? Math.max(...['公司', '集团', '厂'].map(end => name.slice(0, -4).lastIndexOf(end) + end.length).filter(at => at >= from), -1)
    : -1
  return house < 0 ? { house: name, branch: '' } : { house: name.slice(0, house), branch: name.slice(house) }
}

function withoutLegalForms(name: string): string {
  const form = legalForms.find(one => name.endsWith(one) && name.length > one.length)
  return form === undefined ? name : withoutLegalForms(name.slice(0, -form.length))
}

/** Trades: a name of nothing else tells nobody apart. */
const trades =
  /^(?:机械|机电|机床|设备|装备|科技|技术|工业|实业|贸易|商贸|工贸|进出口|制造|精密|电子|电气|五金|模具|自动化|智能|材料|塑料|包装|汽车|零部件|工程|化工|发展|投资|国际|集团|销售|服务)+$/u

function readChinese(plain: string): CompanyName {
  const places: string[] = []
  const bracketed = plain.replace(/[([{〔【<](\p{Script=Han}{2,6})[)\]}〕】>]/gu, (whole, inside: string) => {
    if (!isPlace(inside)) return whole
    places.push(leadingPlace(inside)!.place)
    return ''
  })
  const { house, branch } = withoutBranch(compact(bracketed))
  let core = withoutLegalForms(house)
  for (let found = leadingPlace(core); found && found.rest.length >= 2; found = leadingPlace(core)) {
    places.unshift(found.place)
    core = found.rest
  }
  const telling = core.length >= 2 && !trades.test(core)
  return { whole: compact(plain), core: telling ? core : '', places, branch }
}

/** Spellings of legal forms, and what each is counted as. */
const forms: Readonly<Record<string, string>> = {
  ...{ co: 'co', company: 'co', ltd: 'ltd', limited: 'ltd', lim: 'ltd', corp: 'corp', corporation: 'corp', inc: 'inc' },
  ...{
    incorporated: 'inc',
    llc: 'llc',
    llp: 'llp',
    lp: 'lp',
    plc: 'plc',
    gmbh: 'gmbh',
    mbh: 'mbh',
    ag: 'ag',
    kg: 'kg',
    se: 'se',
  },
  ...{ sa: 'sa', sas: 'sas', sarl: 'sarl', srl: 'srl', spa: 'spa', bv: 'bv', nv: 'nv', ab: 'ab', oy: 'oy', as: 'as', kk: 'kk' },
  ...{ pte: 'pte', pty: 'pty', sdn: 'sdn', bhd: 'bhd', ooo: 'ooo', ug: 'ug', ohg: 'ohg', aps: 'aps' },
}

function readWords(plain: string): CompanyName {
  const words = plain
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .replace(/ß/g, 'ss')
    .replace(/[.'’]/g, '') // S.p.A., L.L.C.
    .split(/[^\p{L}\p{N}]+/u)
    .filter(word => word !== '' && word !== 'and')
    .map(word => (Object.hasOwn(forms, word) ? forms[word]! : word))
  const core = [...words]
  while (core.length > 1 && Object.hasOwn(forms, core.at(-1)!)) core.pop()
  const text = core.join('')
  return { whole: words.join(' '), core: text.length >= 2 ? text : '', places: [], branch: '' }
}

const compact = (text: string): string => text.replace(/[^\p{L}\p{N}]+/gu, '')
