/** Where keys mean something of their own. */

const fields = "input:not([type=checkbox], [type=radio], [type=button], [type=range]), textarea, select, [contenteditable]"
const apart = '[role="menu"], [role="listbox"], [role="dialog"], [role="alertdialog"], dialog'
const pressed = 'button, a[href], summary, input, [role="button"], [role="switch"], [role="tab"], [role="slider"], [role="separator"]'

/**
 * L54: letters belong to fields, menus and dialogs; Space belongs to whatever it presses. F keys and combinations with Ctrl or Alt
 * write nothing, so they work in fields too, but not in menus and dialogs.
 */
export function leavesKeyAlone(target: EventTarget | null, combination: string): boolean {
  if (!(target instanceof Element)) return false
  if (target.closest(apart) !== null) return true
  const isText = !/^(?:Ctrl\+|F\d)/.test(combination)
  if (isText && target.closest(fields) !== null) return true
  return combination === "Space" && target.closest(pressed) !== null
}
