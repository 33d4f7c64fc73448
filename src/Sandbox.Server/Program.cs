return await Sandbox.Server.Hosting.ServerProgram.RunAsync(args);
