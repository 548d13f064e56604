// Whoever chooses a machine in the list sees it in this page, instead of in the portal.
const place = document.querySelector('#machine')

document.addEventListener('portal-link', event => {
  const { device } = event.detail
  if (device === null || event.target.localName !== 'fettle-machines') return
  event.preventDefault()
  const machine = document.createElement('fettle-machine')
  machine.setAttribute('device', device)
  machine.setAttribute('token-url', '/machine-token')
  place.replaceChildren(machine)
})
