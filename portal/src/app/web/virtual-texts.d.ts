declare module 'virtual:texts/*' {
  const texts: import('#platform/core').LanguageTexts
  export default texts
}
