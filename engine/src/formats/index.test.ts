import { describe, expect, it } from 'vitest'
import { detectFormat, importModel, readDimacs } from './index.ts'

describe('the format of a file', () => {
  it.each([
    ['a.json', '{"format":"fettle-model/1"}', 'json'],
    ['a.txt', '\ufeff  {', 'json'],
    ['a.xml', '<?xml version="1.0"?><featureModel/>', 'featureide'],
    ['a', '// bike\nfeatures\n\tA', 'uvl'],
    ['a.uvl', '', 'uvl'],
    ['a', 'c 1 root\np cnf 1 1\n1 0\n', 'dimacs'],
    ['a.cnf', '', 'dimacs'],
    ['a.docx', 'PK', undefined],
  ])('of %s %j is %s', (name, text, format) => {
    expect(detectFormat(name, text)).toBe(format)
  })

  it('decides who reads it; one that nobody reads is refused', () => {
    expect(importModel('a.uvl', 'features\n\tA\n')).toMatchObject({ ok: true, model: { id: 'a' } })
    expect(importModel('a.docx', 'PK')).toMatchObject({ ok: false, errors: [{ code: 'unknown-format', value: 'a.docx' }] })
    expect(importModel('a.json', '{"format": "other"}')).toMatchObject({
      ok: false,
      errors: [{ path: '/format', value: 'other' }],
    })
    expect(importModel('a.json', '{\n "a": }')).toMatchObject({ ok: false, errors: [{ code: 'syntax', path: '2:7' }] })
    expect(importModel('a.json', '{"a"')).toMatchObject({ ok: false, errors: [{ code: 'syntax', path: '1:5' }] })
  })
})

describe('a DIMACS file', () => {
  it('becomes one group of options and a constraint for each clause', () => {
    const result = importModel('x.dimacs', 'c 1 root\nc 3 a b\np cnf 3 3\n1 0\n-1 2 -3\n 0 3 0\n')
    expect(result).toMatchObject({
      ok: true,
      model: {
        groups: [{ kind: 'choose-some', options: [{ id: 'root' }, { id: 'x2' }, { id: 'a b' }] }],
        constraints: [{ chosen: ['root'] }, { chosen: ['x2'], not: ['root', 'a b'] }, { chosen: ['a b'] }],
      },
    })
  })

  it.each([
    ['p cnf 1 2\n1 0\n', 'cut-off', '3:1'],
    ['p cnf 1 1\n1\n', 'cut-off', '3:1'],
    ['p cnf 1 1\n2 0\n', 'out-of-range', '2:1'],
    ['p cnf 1 1\nx 0\n', 'out-of-range', '2:1'],
    ['1 0\n', 'syntax', '1:1'],
    ['c only\n', 'syntax', '1:1'],
  ])('that is not right is refused: %j', (text, code, path) => {
    expect(importModel('x.cnf', text)).toMatchObject({ ok: false, errors: [{ code, path }] })
  })

  it('keeps numbers and names apart from the model', () => {
    expect(readDimacs('c 2 b\np cnf 2 1\n1 -2 0')).toEqual({
      variables: 2,
      names: new Map([[2, 'b']]),
      clauses: [{ literals: [1, -2], line: 3 }],
    })
  })
})
