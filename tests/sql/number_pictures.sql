-- V in the integers' own types, TH of what is no number, Roman numerals with something behind them.
select to_char(2147483647, '99V999'), to_char(-2147483648, '99V999'), to_char(2147483647, '9V9'), to_char(5, '9V999');
select to_char(5, '9V9999999999'), to_char(0, '9V9999999999'), to_char(-5, '9V99999999999'), to_char(6, '9V9999999999');
select to_char(9223372036854775807, '99V999');
select to_char(9223372036854775, '99V999'), to_char(12::int8, '99V99'), to_char(-12::int8, '99V9');
select to_char('NaN'::numeric, '999th');
select to_char('NaN'::float8, '999TH');
select to_char('NaN'::numeric, '9th'), to_char('Infinity'::numeric, '9th'), to_char('NaN'::numeric, 'RNth'), to_char('NaN'::float8, '999');
select to_number('', 'RN');
select to_number(' ', 'RN');
select to_number('IV ', 'RN'), to_number(' iv', 'RN'), to_number('XIV 5', 'RN');
select to_number('IVx', 'RN');
