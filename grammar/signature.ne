# One statement of the signature language (docs/signature-language.md); the lines of a file are split before.
# Unambiguous: one text, one tree. Where it fails, explain-syntax.ts tells the author why. The trees are those of
# src/signature/syntax-tree.ts.

@preprocessor typescript

@{%
import { statementLexer } from './statement-lexer.ts'
%}

@lexer statementLexer

statement -> pattern                            {% id %}
  | campaign                                    {% id %}

pattern -> %protocol ports "=":? body %description {%
    ([protocol, ports, exact, body, description]) =>
      ({ kind: 'pattern', protocol, ports, exact, ...body, description })
  %}

# `*` is no range.
ports -> "*"                                    {% () => [] %}
  | range ("," range):*                         {% ([first, rest]) => [first, ...rest.map(([, range]: [unknown, unknown]) => range)] %}

range -> %number                                {% ([low]) => ({ low, high: low }) %}
  | %number "-" %number                         {% ([low, , high]) => ({ low, high }) %}

body -> items end                               {% ([items, end]) => ({ start: null, items, ...end }) %}
  | start items end                             {% ([start, items, end]) => ({ start, items, ...end }) %}
  | where                                       {% ([where]) => ({ start: null, items: [], end: null, where }) %}

start -> "<"                                    {% id %}
  | %phase                                      {% id %}

end -> null                                     {% () => ({ end: null, where: null }) %}
  | ">"                                         {% ([end]) => ({ end, where: null }) %}
  | where                                       {% ([where]) => ({ end: null, where }) %}
  | ">" where                                   {% ([end, where]) => ({ end, where }) %}

items -> item                                   {% ([item]) => [item] %}
  | items item                                  {% ([items, item]) => [...items, item] %}

# A pause comes before the atom.
item -> repeated                                {% ([repeated]) => ({ pause: null, ...repeated }) %}
  | pause repeated                              {% ([pause, repeated]) => ({ pause, ...repeated }) %}

repeated -> atom                                {% ([atom]) => ({ atom, repeat: null }) %}
  | atom %repeat                                {% ([atom, repeat]) => ({ atom, repeat }) %}

pause -> "+"                                    {% ([mark]) => ({ mark, span: null }) %}
  | "+?"                                        {% ([mark]) => ({ mark, span: null }) %}
  | "+" %span                                   {% ([mark, span]) => ({ mark, span }) %}

atom -> %packet                                 {% ([token]) => ({ kind: 'element', token }) %}
  | "(" alternatives ")"                        {% ([open, alternatives, close]) => ({ kind: 'group', open, close, alternatives }) %}

alternatives -> items                           {% ([items]) => [items] %}
  | alternatives "|" items                      {% ([alternatives, , items]) => [...alternatives, items] %}

where -> %where condition                       {% ([, condition]) => condition %}

# Loosest first. A parenthesis holds either a condition or a sum, so its tree is that of what it holds.
condition -> conjunction                        {% id %}
  | condition "or" conjunction                  {% ([left, operator, right]) => ({ kind: 'binary', operator, left, right }) %}

conjunction -> negation                         {% id %}
  | conjunction "and" negation                  {% ([left, operator, right]) => ({ kind: 'binary', operator, left, right }) %}

negation -> comparison                          {% id %}
  | "not" negation                              {% ([operator, of]) => ({ kind: 'not', operator, of }) %}

comparison -> sum %comparison sum               {% ([left, operator, right]) => ({ kind: 'binary', operator, left, right }) %}
  | "(" condition ")"                           {% ([, inner]) => inner %}

sum -> product                                  {% id %}
  | sum ("+" | "-") product                     {% ([left, [operator], right]) => ({ kind: 'binary', operator, left, right }) %}

product -> factor                               {% id %}
  | product ("*" | "/") factor                  {% ([left, [operator], right]) => ({ kind: 'binary', operator, left, right }) %}

factor -> %quantity                             {% ([token]) => ({ kind: 'leaf', token }) %}
  | %figure                                     {% ([token]) => ({ kind: 'leaf', token }) %}
  | "(" sum ")"                                 {% ([, inner]) => inner %}

campaign -> %count %word ("then" %word):? "by" %word "within" %quantity where %description {%
    ([, of, then, , by, , within, where, description]) =>
      ({ kind: 'campaign', of, then: then === null ? null : then[1], by, within, where, description })
  %}
