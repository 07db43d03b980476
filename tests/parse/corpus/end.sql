-- ok
END

-- ok
END WORK

-- ok
END TRANSACTION

-- ok
END AND CHAIN

-- ok
END AND NO CHAIN

-- ok
END WORK AND CHAIN

-- ok
END WORK AND NO CHAIN

-- ok
END TRANSACTION AND CHAIN

-- ok
END TRANSACTION AND NO CHAIN

-- ok
end

-- ok
End Work

-- ok
END;

-- ok
END; END

-- ok
/* x */ END -- y

-- ok
END;;

-- ok
eNd WoRk AnD cHaIn

-- error 8: syntax error at end of input
END AND

-- error 5: syntax error at or near "CHAIN"
END CHAIN

-- error 11: syntax error at end of input
END AND NO

-- error 5: syntax error at or near "NO"
END NO CHAIN

-- error 10: syntax error at or near "TRANSACTION"
END WORK TRANSACTION

-- error 5: syntax error at or near "'x'"
END 'x'

-- error 5: syntax error at or near "PREPARED"
END PREPARED 'x'

-- error 5: syntax error at or near "TO"
END TO s

-- error 15: syntax error at or near "AND"
END AND CHAIN AND CHAIN

-- error 5: syntax error at or near "IF"
END IF

-- error 5: syntax error at or near "END"
END END

-- error 5: syntax error at or near "1"
END 1

-- error 5: syntax error at or near "LOOP"
END LOOP
