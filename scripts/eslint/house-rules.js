/** Lint rules of our own: what no published rule says in the way we mean it. */

const hasLetter = /\p{L}{2,}/u
const spokenAttributes = new Set([
  "alt",
  "title",
  "placeholder",
  "label",
  "description",
  "aria-label",
  "aria-description",
  "aria-roledescription",
  "aria-valuetext",
])

/** Words for people live in i18n under keys, so that every screen can speak every language. */
const noLiteralText = {
  meta: { type: "problem", schema: [], messages: { literal: "Text for people is a key of i18n, not a literal: {{text}}" } },
  create(context) {
    const report = (node, text) => {
      if (hasLetter.test(text)) context.report({ node, messageId: "literal", data: { text: JSON.stringify(text.trim().slice(0, 40)) } })
    }
    const check = (node, value) => {
      if (value?.type === "Literal" && typeof value.value === "string") report(node, value.value)
      if (value?.type === "TemplateLiteral") for (const part of value.quasis) report(node, part.value.cooked ?? "")
      if (value?.type === "ConditionalExpression") for (const side of [value.consequent, value.alternate]) check(node, side)
      if (value?.type === "LogicalExpression") check(node, value.right)
    }
    return {
      JSXText: (node) => report(node, node.value),
      JSXExpressionContainer: (node) => {
        if (node.parent.type !== "JSXAttribute") check(node, node.expression)
      },
      JSXAttribute: (node) => {
        if (node.name.type !== "JSXIdentifier" || !spokenAttributes.has(node.name.name)) return
        check(node, node.value?.type === "JSXExpressionContainer" ? node.value.expression : node.value)
      },
    }
  },
}

const lookAlike = /[\p{Script=Cyrillic}\p{Script=Greek}]/u
const hiddenOrder = /[\u202A-\u202E\u2066-\u2069\u200B\u200E\u200F]/u

/** A letter that only looks like another passes every review. */
const noLookAlikes = {
  meta: {
    type: "problem",
    schema: [],
    messages: {
      identifier: "Identifiers are written in ASCII letters: {{text}}",
      comment: "A letter of another script that looks like a Latin one: {{text}}",
      hidden: "An invisible character that changes the order of text; write it as an escape",
    },
  },
  create(context) {
    const source = context.sourceCode
    return {
      Program(program) {
        for (const token of source.ast.tokens)
          if (token.type.endsWith("Identifier") && /[^\x20-\x7e]/.test(token.value))
            context.report({ loc: token.loc, messageId: "identifier", data: { text: token.value } })
        for (const comment of source.getAllComments())
          if (lookAlike.test(comment.value))
            context.report({ loc: comment.loc, messageId: "comment", data: { text: lookAlike.exec(comment.value)[0] } })
        if (hiddenOrder.test(source.text)) context.report({ node: program, messageId: "hidden" })
      },
    }
  },
}

export const houseRules = { rules: { "no-literal-text": noLiteralText, "no-look-alikes": noLookAlikes } }
