@echo off
rem Runs Discern on Windows. Untested: no Windows machine was available.
rem   DISCERN_JAVA_OPTS   more options for the JVM
rem   OMP_NUM_THREADS     threads that an operation uses
setlocal
set "JAVA=java"
if defined JAVA_HOME set "JAVA=%JAVA_HOME%\bin\java"
set "THREADS=%OMP_NUM_THREADS%"
if not defined OMP_NUM_THREADS set "OMP_NUM_THREADS=1"
if not defined OPENBLAS_NUM_THREADS set "OPENBLAS_NUM_THREADS=1"
if not defined OPENCV_LOG_LEVEL set "OPENCV_LOG_LEVEL=SILENT"
if not defined DISCERN_CACHE set "DISCERN_CACHE=%LOCALAPPDATA%\discern"
"%JAVA%" -XX:MaxRAMPercentage=25 -XX:+UseSerialGC -Xshare:auto -Dfile.encoding=UTF-8 ^
  -Dorg.bytedeco.javacpp.maxBytes=0 -Dorg.bytedeco.javacpp.maxPhysicalBytes=0 ^
  "-Ddiscern.threads=%THREADS%" %DISCERN_JAVA_OPTS% -cp "%~dp0lib\*" dev.discern.cli.Main %*
exit /b %ERRORLEVEL%
