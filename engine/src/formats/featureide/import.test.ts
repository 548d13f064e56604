import { describe, expect, it } from 'vitest'
import { listPublic, publicData, readPublic, tellWithout } from '../../../test/public-data.ts'
import { validate } from '../../validate.ts'
import { importFeatureIde } from './import.ts'
import { readXml } from './xml.ts'

tellWithout('Import of public FeatureIDE models')

const small = `<?xml version="1.0" encoding="UTF-8"?>
<!-- bikes -->
<extendedFeatureModel>
  <properties/>
  <struct>
    <and abstract="true" mandatory="true" name="Bike &amp; more">
      <description>text &lt;here&gt;</description>
      <attribute name="Price" type="double" unit="€" value="10.5"/>
      <alt mandatory="true" name="Frame">
        <feature name="Steel"><attribute name="Price" type="double" unit="€" value="1089.0"/><attribute name="Mass" type="long" value="12"/></feature>
        <feature name="Titanium"/>
      </alt>
      <or name="Bags"><feature name="Front"/><feature hidden="true" name="Rear"/></or>
      <feature name="Lock"/>
    </and>
  </struct>
  <constraints>
    <rule><imp><var>Steel</var><not><var>Lock</var></not></imp></rule>
    <rule><description>x</description><conj><var>Front</var><conj><var>Rear</var><disj><var>Lock</var><var>Front</var></disj></conj></conj></rule>
    <rule><atmost1><var>Front</var><var>Rear</var><var>Lock</var></atmost1></rule>
    <rule><eq><var>Front</var><var><![CDATA[Rear]]></var></eq></rule>
  </constraints>
</extendedFeatureModel>`

describe('a FeatureIDE model', () => {
  it('becomes groups, prices in its currency, attributes and formulas', () => {
    const result = importFeatureIde(small)
    if (!result.ok) throw new Error(JSON.stringify(result.errors))
    expect(result.notes).toEqual([])
    expect(result.model).toMatchObject({
      name: { en: 'Bike & more' },
      currency: 'EUR',
      attributes: [{ id: 'Mass' }],
      prices: [{ kind: 'options', amounts: { 'Bike & more': 1050, Steel: 108900 } }],
      constraints: [
        { id: 'rule-1', formula: '(Steel => !Lock)', message: { en: 'Steel and Lock exclude each other' } },
        { formula: '(Front & Rear & (Lock | Front))', message: { en: 'Rule: Front & Rear & (Lock | Front)' } },
        { formula: '(count(Front, Rear, Lock) <= 1)' },
        { formula: '(Front <=> Rear)' },
      ],
    })
    expect(result.model.groups).toMatchObject([
      { kind: 'choose-one', name: { en: 'Frame' } },
      { kind: 'choose-some', min: 0, options: [{ id: 'Bags' }, { id: 'Lock' }] },
      { kind: 'choose-some', min: 1, parent: 'Bags', options: [{ id: 'Front' }, { id: 'Rear', visibility: 'hidden' }] },
      { kind: 'choose-some', min: 2, max: 2 },
    ])
    expect(validate(result.model).errors).toEqual([])
  })

  it.each([
    ['<!DOCTYPE x [<!ENTITY a "b">]><featureModel/>', 'doctype', '1:1'],
    ['<featureModel><struct><and name="A">', 'unclosed-element', '1:23'],
    ['<featureModel><struct></featureModel>', 'syntax', '1:23'],
    ['<featureModel><struct><and/></struct></featureModel>', 'missing-attribute', '1:23'],
    ['<featureModel><struct><and name="A"/><and name="B"/></struct></featureModel>', 'no-features', '1:38'],
    ['<featureModel name="a" name="b"/>', 'duplicate-attribute', '1:24'],
    ['<model/>', 'unknown-format', '1:1'],
    ['<featureModel>&nbsp;</featureModel>', 'syntax', '1:15'],
    ['<featureModel a="1" b=2/>', 'syntax', '1:21'],
    ['no xml', 'syntax', '1:1'],
    [small.replace('<var>Steel</var>', '<var>Wood</var>'), 'unknown-reference', '18:16'],
    [small.replace('name="Lock"', 'name="Front"'), 'duplicate-id', '14:7'],
    [small.replace('value="12"', 'value="heavy"'), 'type-mismatch', '10:94'],
    [small.replace('<eq>', '<xor>').replace('</eq>', '</xor>'), 'unknown-element', '21:11'],
    [`<a>${'<b>'.repeat(1000)}`, 'too-deep', '1:1501'],
  ])('that is not right is refused with its place: %#', (text, code, path) => {
    const result = importFeatureIde(text)
    expect(result.ok ? [] : result.errors).toMatchObject([{ code, path }])
  })

  it('never throws, wherever it is cut off or changed', () => {
    for (let end = 0; end < small.length; end++) {
      importFeatureIde(small.slice(0, end))
      importFeatureIde(small.slice(0, end) + '<"&>/='[end % 6] + small.slice(end + 1))
    }
  })

  for (const path of listPublic('xml-attributes')) {
    it(`${path} is imported with its prices in euros, and valid as a model`, () => {
      const result = importFeatureIde(readPublic(path))
      if (!result.ok) throw new Error(JSON.stringify(result.errors))
      expect(result.notes).toEqual([])
      expect(result.model.currency).toBe('EUR')
      expect(result.model.prices).toHaveLength(1)
      expect(validate(result.model).errors).toEqual([])
    })
  }

  it.skipIf(!publicData)('keeps every price of the PC configurator', () => {
    const text = readPublic('xml-attributes/PcConfigurator.xml')
    const result = importFeatureIde(text)
    const [rule] = (result.ok && result.model.prices) || []
    const amounts = rule?.kind === 'options' ? rule.amounts : {}
    expect(Object.keys(amounts)).toHaveLength(text.match(/name="Price"[^>]*value="/g)!.length)
    expect(amounts['PC RICHMOND F']).toBe(84190)
  })
})

it('XML is read with entities, CDATA and places', () => {
  const element = readXml('<a x="&#65;&quot;"\n y=\'&#x4e2d;\'>t<b/><![CDATA[<&]]></a>')
  expect([...element.attributes]).toEqual([
    ['x', 'A"'],
    ['y', '中'],
  ])
  expect(element.text).toBe('t<&')
  expect(element.children[0]!.at).toBe('2:16')
})
