open("installed.txt", "w").write("x")
