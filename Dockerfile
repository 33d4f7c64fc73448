# The server with Elsa Studio and the charts. The home lies on a volume; what runs inside the container ends with it.
FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
RUN apt-get update && apt-get install -y --no-install-recommends npm && rm -rf /var/lib/apt/lists/*
WORKDIR /source
COPY Directory.Build.props Directory.Build.targets Directory.Packages.props global.json ./
COPY src ./src
RUN dotnet publish src/Sandbox.Server -c Release -o /app/server \
 && dotnet publish src/Sandbox.Cli -c Release -o /app/cli

FROM mcr.microsoft.com/dotnet/aspnet:10.0
RUN ln -s /app/cli/sandbox /usr/local/bin/sandbox && mkdir -p /home/app/work /data && chown -R app:app /home/app/work /data
COPY --from=build /app /app
COPY configs /home/app/work/configs
COPY workflows /home/app/work/workflows
USER app
WORKDIR /home/app/work
ENV SANDBOX_HOME=/data ASPNETCORE_URLS=http://0.0.0.0:5080
VOLUME /data
EXPOSE 5080
ENTRYPOINT ["dotnet", "/app/server/Sandbox.Server.dll"]
