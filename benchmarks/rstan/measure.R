# One measurement of Stan: Rscript measure.R ACTION MODEL.stan DATA.json OUT.json FOLDER [SETTING=VALUE ..]
# FOLDER keeps compiled models. What OUT.json is given is said at each action below.
suppressPackageStartupMessages({library(rstan); library(jsonlite)})

# Debian's R takes the Boost of the system, and rstan does not find it.
if (system.file("include", package = "BH") == "") rstan_options(boost_lib = "/usr/include")

arguments <- commandArgs(trailingOnly = TRUE)
action <- arguments[1]
text <- paste(readLines(arguments[2]), collapse = "\n")
file_of_data <- arguments[3]
out <- arguments[4]
folder <- arguments[5]
settings <- strsplit(arguments[-(1:5)], "=")
setting <- function(name, fallback) {
  for (s in settings) if (s[1] == name && length(s) == 2) return(s[2])
  fallback
}
whole <- function(name, fallback) as.integer(setting(name, fallback))

# Stan before 2.26 declares arrays the old way and calls a covariance otherwise.
if (packageVersion("rstan") < "2.26") {
  text <- gsub("array\\[([^]]*)\\]\\s+([^;]*?)\\s+(\\w+)\\s*;", "\\2 \\3[\\1];", text, perl = TRUE)
  text <- gsub("gp_exp_quad_cov", "cov_exp_quad", text)
}

name <- sub("\\.stan$", "", basename(arguments[2]))
kept <- file.path(folder, paste0(name, ".rds"))
values <- function() read_json(file_of_data, simplifyVector = TRUE)
processor <- function(t) sum(t[c("user.self", "sys.self", "user.child", "sys.child")], na.rm = TRUE)
compiled <- function() {
  if (!file.exists(kept)) compile()
  readRDS(kept)
}
keep <- function(model) {
  part <- paste0(kept, ".", Sys.getpid())
  saveRDS(model, part)
  file.rename(part, kept)
}

# The compiler's flags, for what is compiled next.
flags <- function(chosen) {
  makevars <- file.path(folder, paste0("Makevars.", Sys.getpid()))
  writeLines(paste0("CXX", c("", "14", "17"), "FLAGS = -w ", chosen), makevars)
  Sys.setenv(R_MAKEVARS_USER = makevars)
  makevars
}

# Random starts, but for the names that `quantiles` tells to begin at quantiles of y: without it chains of mixtures
# end in different modes.
start <- function(data) {
  wanted <- strsplit(setting("quantiles", ""), ",")[[1]]
  if (length(wanted) == 0) return("random")
  at <- as.array(as.numeric(quantile(data$y, (seq_len(data$K) - 0.5) / data$K)))
  setNames(rep(list(at), length(wanted)), wanted)
}
# The start of one chain, as rstan wants it.
chains <- function(begin) if (is.list(begin)) list(begin) else begin
scored <- function(fit) {
  names <- names(read_json(setting("reference", ""))$parameters)
  list(names = names, draws = rstan::extract(fit, permuted = FALSE, inc_warmup = FALSE))
}

# Seconds of processor and of the clock; the compiled model is kept.
compile <- function() {
  # A library that was compiled for any processor shares vectors with the model, which then may not be aligned for AVX.
  makevars <- flags(Sys.getenv("STAN_FLAGS", "-O3 -march=native -mno-avx"))
  on.exit(unlink(makevars))
  t <- system.time(model <- stan_model(model_code = text, model_name = name))
  keep(model)
  list(processor = processor(t), seconds = unname(t["elapsed"]))
}

# Microseconds of processor a log density with its gradient, without R: a loop around the model's own class.
gradient <- function() {
  library <- file.path(folder, paste0(name, "_gradient.so"))
  if (!file.exists(library)) {
    makevars <- flags("-O3 -march=native")
    on.exit(unlink(makevars))
    work <- tempfile("gradient")
    dir.create(work)
    code <- c(stanc(model_code = text, model_name = name)$cppcode, readLines(file.path(setting("here", "."), "gradient.cpp")))
    writeLines(code, file.path(work, "loop.cpp"))
    part <- file.path(folder, paste0(Sys.getpid(), "_loop.so"))
    # Of what rstan passes, all but the switch for threads inside a density, which makes small models slower.
    plugin <- lapply(rstan:::rstanplugin()$env, function(v) gsub("-DSTAN_THREADS", "", v))
    do.call(Sys.setenv, c(plugin, USE_CXX14 = "1"))
    said <- system2(file.path(R.home("bin"), "R"), c("CMD", "SHLIB", "-o", shQuote(part), shQuote(file.path(work, "loop.cpp"))),
      stdout = TRUE, stderr = TRUE)
    if (!file.exists(part)) stop(paste(head(grep("error", said, value = TRUE), 5), collapse = "\n"))
    file.rename(part, library)
  }
  dyn.load(library)
  list(microseconds = .Call("gradient_time", values()))
}

# Wall-clock seconds of warm-up and sampling, chains in processes of their own; the least bulk effective size.
nuts <- function() {
  data <- values()
  model <- compiled()
  begin <- start(data)
  seed <- whole("seed", 1)
  chain <- function(i) sampling(model, data = data, chains = 1, chain_id = i, iter = whole("warmup", 1000) + whole("draws", 1000),
    warmup = whole("warmup", 1000), seed = seed, refresh = 0, init = chains(begin))
  t <- system.time(fits <- parallel::mclapply(seq_len(whole("chains", 4)), chain, mc.cores = whole("threads", 1),
    mc.preschedule = FALSE))
  s <- scored(sflist2stanfit(fits))
  rhat <- sapply(s$names, function(n) rstan::Rhat(s$draws[, , n]))
  list(seconds = unname(t["elapsed"]), ess = min(sapply(s$names, function(n) rstan::ess_bulk(s$draws[, , n]))), rhat = max(rhat),
    mean = as.list(sapply(s$names, function(n) mean(s$draws[, , n]))))
}

# Wall-clock seconds of mean-field ADVI with default settings.
advi <- function() {
  data <- values()
  model <- compiled()
  begin <- start(data)
  t <- system.time(capture.output(fit <- vb(model, data = data, algorithm = "meanfield", seed = whole("seed", 1), refresh = 0,
    init = begin)))
  s <- extract(fit)
  flat <- as.matrix(fit)
  names <- names(read_json(setting("reference", ""))$parameters)
  list(seconds = unname(t["elapsed"]), mean = as.list(colMeans(flat)[names]))
}

# Ten draws of a model compiled before: the time of the process is the measurement.
first <- function() {
  data <- values()
  fit <- sampling(compiled(), data = data, chains = 1, iter = 20, warmup = 10, refresh = 0, seed = 1, init = chains(start(data)))
  if (fit@mode != 0) stop("no draws were made")
  list()
}

result <- switch(action, compile = compile(), gradient = gradient(), nuts = nuts(), advi = advi(), start = first(),
  version = list(stan = as.character(packageVersion("rstan")), R = R.version.string))
writeLines(toJSON(result, auto_unbox = TRUE, digits = 15), out)
