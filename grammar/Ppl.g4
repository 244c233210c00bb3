// The grammar of .ppl files.
//
// White space separates tokens and means nothing else; statements need no terminator because each begins with a
// name or a keyword. Two choices keep prediction short: a statement that relates two things begins with a name, so
// an operator or a bracket always continues the expression before it; and a chain of binary operators is one flat
// list, whose precedences are those of ppl.ast.Precedence and are applied when the tree is folded.
grammar Ppl;

file
  : statement* EOF
  ;

statement
  : DATA name COLON type                                                        # Data
  | DATA name (BY name)? LBRACE column* RBRACE                                  # Table
  | LEARN name COLON type (ASSIGN expression)?                                  # Learn
  | FUN name LPAREN parameters? RPAREN COLON type body                          # Fun
  | DIST name LPAREN parameters? RPAREN ON type LBRACE method* RBRACE           # Dist
  | FOR binders block                                                           # For
  | IF expression block (ELSE IF expression block)* (ELSE block)?               # If
  | TARGET PLUS_ASSIGN expression                                               # Target
  | RETURN expression                                                           # Return
  | GENERATE block                                                              # Generate
  | GUIDE block                                                                 # Guide
  | IMPORT STRING                                                               # Import
  | name COLON type (op=(TILDE | ASSIGN) expression)?                           # Declare
  | place op=(TILDE | ASSIGN) expression                                        # Relate
  ;

block : LBRACE statement* RBRACE ;

column : name COLON type ;

parameters : parameter (COMMA parameter)* ;

parameter : name COLON type ;

method : name (LPAREN name RPAREN)? body ;

body
  : ASSIGN expression   # BodyOf
  | block               # BodyBlock
  ;

type : name (LPAREN arguments? RPAREN)? (LBRACK expression (COMMA expression)* RBRACK)? ;

binders : binder (COMMA binder)* ;

binder : name IN expression ;

// The left of `~` and `=`: an operation that begins with a name.
place : reference suffix* (operator operand)* ;

// A range binds loosest, then the conditional, then the operators.
expression : conditional (RANGE conditional)? ;

conditional : operation (QUESTION conditional COLON operation)* ;

operation : operand (operator operand)* ;

operator
  : PLUS | MINUS | STAR | SLASH | DOT_STAR | DOT_SLASH | CARET | DIV | MOD
  | LT | LE | GT | GE | EQ | NE | AND | OR
  ;

operand : prefix* primary suffix* ;

prefix : MINUS | PLUS | NOT ;

primary
  : reference                                                                     # Named
  | INT                                                                           # IntLit
  | REAL                                                                          # RealLit
  | STRING                                                                        # StringLit
  | LPAREN expression RPAREN                                                      # Paren
  | LBRACK (expression (FOR binders | (COMMA expression)*))? RBRACK               # Bracketed
  ;

reference : name (DOT name | LPAREN arguments? RPAREN)? ;

suffix
  : LBRACK subscript (COMMA subscript)* RBRACK   # Index
  | PRIME                                        # Transpose
  ;

subscript : expression? ;

arguments : argument (COMMA argument)* ;

argument
  : name ASSIGN expression      # NamedArgument
  | binders COLON expression    # OverArgument
  | expression                  # PositionalArgument
  ;

name : NAME | QUOTED | BY | ON ;

// Reserved words.
DATA : 'data' ;
FOR : 'for' ;
IN : 'in' ;
IF : 'if' ;
ELSE : 'else' ;
FUN : 'fun' ;
RETURN : 'return' ;
DIST : 'dist' ;
LEARN : 'learn' ;
GENERATE : 'generate' ;
GUIDE : 'guide' ;
IMPORT : 'import' ;
TARGET : 'target' ;
AND : 'and' ;
OR : 'or' ;
NOT : 'not' ;
DIV : 'div' ;
MOD : 'mod' ;

// Words only in their places; names elsewhere.
BY : 'by' ;
ON : 'on' ;

LPAREN : '(' ;
RPAREN : ')' ;
LBRACK : '[' ;
RBRACK : ']' ;
LBRACE : '{' ;
RBRACE : '}' ;
COMMA : ',' ;
COLON : ':' ;
TILDE : '~' ;
ASSIGN : '=' ;
PLUS_ASSIGN : '+=' ;
QUESTION : '?' ;
RANGE : '..' ;
DOT : '.' ;
PRIME : '\'' ;
PLUS : '+' ;
MINUS : '-' ;
STAR : '*' ;
SLASH : '/' ;
DOT_STAR : '.*' ;
DOT_SLASH : './' ;
CARET : '^' ;
LT : '<' ;
LE : '<=' ;
GT : '>' ;
GE : '>=' ;
EQ : '==' ;
NE : '!=' ;

// The superscripts are numbers to Unicode, but to a reader they are powers.
NAME : Letter Part* ;
QUOTED : '`' ~[`\r\n]+ '`' ;
INT : Digits ;
REAL : Digits '.' Digits Exponent? | Digits Exponent ;
STRING : '"' (~["\\\r\n] | '\\' ~[\r\n])* '"' ;

DOC : '///' (~[/\r\n] ~[\r\n]*)? -> channel(HIDDEN) ;
LINE : '//' ~[\r\n]* -> channel(HIDDEN) ;
BLOCK : '/*' (~[*] | '*'+ ~[*/])* '*'+ '/' -> channel(HIDDEN) ;
WHITE : [\p{White_Space}\uFEFF]+ -> skip ;

// What other languages write. No rule above uses these, so each is an error in its own place.
GLUED : (INT | REAL) Letter Part* ;
HASH : '#' ~[\r\n]* ;
FOREIGN
  : ';' | '&&' | '&' | '||' | '|' | '!' | '**' | '%' ~[ \t\r\n%]* '%' | '%' | ':=' | '->' | '-=' | '*='
  | '/=' | '.^' | '$' | '@' | '...' | '|>' | '=>' | '\u00D7' | '\u00B7' | '\u22C5' | '\u2212' | '\u2264' | '\u2265'
  | '\u2260' | '\u223C' | '\u2018' | '\u2019' | '\u201C' | '\u201D' | '\u00B2' | '\u00B3' | '\u2190' | '\u2032'
  ;
OPEN_STRING : '"' (~["\\\r\n] | '\\' ~[\r\n])* '\\'? ;
OPEN_QUOTED : '`' ~[`\r\n]* ;
OPEN_BLOCK : '/*' (~[*] | '*'+ ~[*/])* '*'* ;
UNKNOWN : . ;

// Beyond ASCII one character stands for its kind, as the stream of characters shows it: U+00AA for letters (L and Nl), U+0660
// for marks and digits (M and Nd). A start is shorter without the thousand ranges of Unicode.
fragment Letter : [a-zA-Z_\u00AA] ;
fragment Part : [a-zA-Z0-9_\u00AA\u0660\u2080-\u2089] ;
fragment Digits : [0-9]+ ;
fragment Exponent : [eE] [+-]? [0-9]+ ;
