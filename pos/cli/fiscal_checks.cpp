#include "pos/cli/fiscal_checks.h"

#include <fmt/format.h>

#include <CLI/CLI.hpp>
#include <fstream>
#include <iostream>
#include <sstream>

#include "core/base/text.h"
#include "core/fiscal/qr.h"
#include "drivers/signing/archive_check.h"
#include "drivers/signing/proof.h"
#include "pos/cli/say.h"
#include "pos/cli/table.h"
#include "pos/export/dsfinvk_file.h"

namespace pos::cli {

namespace {

constexpr std::size_t ranges_said = 5;

std::string ranges_text(const std::vector<drivers::CounterRange>& ranges) {
  std::string text;
  for (std::size_t i = 0; i < ranges.size() && i < ranges_said; ++i) {
    const auto& range = ranges[i];
    text += (i > 0 ? ", " : "") + (range.first == range.last
                                       ? fmt::format("{}", range.first)
                                       : fmt::format("{} to {}", range.first, range.last));
  }
  if (ranges.size() > ranges_said)
    text += fmt::format(", and {} more", ranges.size() - ranges_said);
  return text;
}

Json archive_json(const drivers::ArchiveReport& report, bool is_good) {
  Json devices = Json::array();
  for (const auto& [serial, logs] : report.devices) {
    Json missing = Json::array();
    for (const auto& range : logs.counters.missing()) {
      missing.push_back({{"first", range.first}, {"last", range.last}});
    }
    const auto span = logs.counters.span().value_or(drivers::CounterRange{});
    devices.push_back({{"serial", serial},
                       {"logs", logs.logs()},
                       {"transaction_logs", logs.transaction},
                       {"system_logs", logs.system},
                       {"audit_logs", logs.audit},
                       {"first_counter", span.first},
                       {"last_counter", span.last},
                       {"missing_counters", std::move(missing)},
                       {"doubled_counters", logs.doubled_counters},
                       {"open_transactions", logs.open},
                       {"has_certificate", logs.has_certificate}});
  }
  Json faults = Json::array();
  for (const auto& fault : report.faults) {
    faults.push_back({{"file", fault.member}, {"says", fault.says}});
  }
  return {{"good", is_good},
          {"logs", report.logs},
          {"verified", report.verified},
          {"unchecked", report.unchecked},
          {"certificates", report.certificates},
          {"unknown_certificates", report.unknown_certificates},
          {"has_end", report.has_end_mark},
          {"devices", std::move(devices)},
          {"fault_count", report.fault_count},
          {"faults", std::move(faults)}};
}

Table devices_table(const drivers::ArchiveReport& report) {
  Table table({{"Device", "serial"},
               {"Transactions", "transaction_logs", Align::right},
               {"System", "system_logs", Align::right},
               {"Audit", "audit_logs", Align::right},
               {"Counters", "counters"},
               {"Missing", "missing"},
               {"Open", "open", Align::right}});
  for (const auto& [serial, logs] : report.devices) {
    const auto span = logs.counters.span().value_or(drivers::CounterRange{});
    table.add({serial, logs.transaction, logs.system, logs.audit, ranges_text({span}),
               ranges_text(logs.counters.missing()), static_cast<std::int64_t>(logs.open.size())});
  }
  return table;
}

// What of an archive is not as it should be; empty: nothing.
std::string archive_trouble(const drivers::ArchiveReport& report, bool must_be_whole) {
  if (report.fault_count > 0) {
    const auto& first = report.faults.front();
    return fmt::format(
        "{}: {}{}", first.member, first.says,
        report.fault_count > 1 ? fmt::format(" (and {} more)", report.fault_count - 1) : "");
  }
  if (report.logs == 0) return "there is no log in it";
  if (report.unchecked > 0) {
    return fmt::format("{} logs cannot be checked: no certificate that we can read has their key",
                       report.unchecked);
  }
  if (!must_be_whole || report.is_whole()) return {};
  if (!report.has_end_mark) return "it has no end: it was cut short between two files";
  return "logs are missing between the first and the last, or stand there twice";
}

Status check_tar(const std::string& file, bool must_be_whole, const Common& common) {
  std::ifstream stream(file, std::ios::binary);
  if (!stream) return fail(fmt::format("{} cannot be read", file));
  const drivers::ArchiveReport report = drivers::check_archive(stream);
  const std::string trouble = archive_trouble(report, must_be_whole);
  if (common.json) {
    print_json(archive_json(report, trouble.empty()));
  } else {
    print(fmt::format("{} of {} logs verify", report.verified, report.logs));
    print_section(devices_table(report));
  }
  if (trouble.empty()) return well;
  return fail(fmt::format("{}: {}", file, trouble), attention);
}

struct QrVerdict {
  std::int64_t line = 0;
  std::string till, serial;
  std::int64_t transaction = 0, counter = 0;
  std::string trouble;  // empty: it verifies
};

QrVerdict verdict_on(std::string_view text, std::int64_t line) {
  QrVerdict verdict;
  verdict.line = line;
  const auto read = core::fiscal::qr_from(text);
  if (!read) {
    verdict.trouble = fmt::format("the QR code cannot be read: {}", in_words(read.error()));
    return verdict;
  }
  verdict.till = read->till;
  verdict.transaction = read->transaction;
  verdict.counter = read->counter;
  const auto proved = drivers::prove(
      {read->till, read->process.type, read->process.data, read->transaction, read->counter,
       read->finished, read->algorithm, read->time_format, read->signature, read->public_key});
  if (proved) {
    verdict.serial = *proved;
  } else {
    verdict.trouble = in_words(proved.error());
  }
  return verdict;
}

std::vector<QrVerdict> verdicts_on(std::istream& lines) {
  std::vector<QrVerdict> verdicts;
  std::int64_t number = 0;
  for (std::string line; std::getline(lines, line);) {
    ++number;
    if (!core::trim(line).empty()) verdicts.push_back(verdict_on(line, number));
  }
  return verdicts;
}

Status say_verdicts(const std::vector<QrVerdict>& verdicts, const Common& common) {
  if (verdicts.empty()) return fail("there is no QR code's text", wrong_usage);
  Table table({{"Line", "line", Align::right},
               {"Till", "till"},
               {"Transaction", "transaction", Align::right},
               {"Counter", "counter", Align::right},
               {"Device", "serial"},
               {"Verdict", "verdict"}});
  const QrVerdict* first_bad = nullptr;
  for (const QrVerdict& verdict : verdicts) {
    if (!verdict.trouble.empty() && !first_bad) first_bad = &verdict;
    table.add({verdict.line, verdict.till, verdict.transaction, verdict.counter, verdict.serial,
               verdict.trouble.empty() ? "verifies" : verdict.trouble});
  }
  print_table(table, common.json ? Form::json : Form::text, "");
  if (!first_bad) return well;
  return fail(fmt::format("line {}: {}", first_bad->line, first_bad->trouble), attention);
}

Status check_qr(const std::string& text, const Common& common) {
  if (text == "-") return say_verdicts(verdicts_on(std::cin), common);
  std::istringstream given(text);
  std::ifstream file;
  const bool is_text = text.starts_with("V0;");
  if (!is_text) file.open(text);
  if (!is_text && !file) {
    return fail(
        fmt::format("\"{}\" is neither a QR code's text (V0;...) nor a file of them", text));
  }
  return say_verdicts(verdicts_on(is_text ? static_cast<std::istream&>(given) : file), common);
}

Status check_export(const std::string& file, const Common& common) {
  const auto report = check_dsfinvk(file);
  if (!report) return fail(report.error());
  if (common.json) {
    Json findings = Json::array();
    for (const auto& finding : report->findings) {
      findings.push_back({{"file", finding.file}, {"line", finding.line}, {"says", finding.says}});
    }
    print_json({{"good", report->is_good()},
                {"closings", report->closings},
                {"receipts", report->receipts},
                {"signed", report->signed_ones},
                {"rows", report->rows},
                {"finding_count", report->finding_count},
                {"findings", std::move(findings)}});
  } else {
    print(fmt::format("{} closings, {} receipts, {} of them signed", report->closings,
                      report->receipts, report->signed_ones));
    Table table({{"File", "file"}, {"Line", "line", Align::right}, {"What", "says"}});
    for (const auto& finding : report->findings) {
      table.add({finding.file, finding.line, finding.says});
    }
    print_section(table);
  }
  if (report->is_good()) return well;
  const auto& first = report->findings.front();
  return fail(fmt::format("{}: {}{}: {}", file, first.file,
                          first.line > 0 ? fmt::format(", line {}", first.line) : "", first.says),
              attention);
}

}  // namespace

FiscalChecks::FiscalChecks(CLI::App& app) {
  tar_ = app.add_subcommand("check-tar", "Verify every log of a security device's export");
  tar_->fallthrough();
  tar_->add_option("file", tar_file_, "The TAR")->required()->type_name("FILE");
  tar_->add_flag("--whole", is_whole_, "It must have every log from its first to its last");
  qr_ = app.add_subcommand("check-qr", "Verify what a receipt's QR code says");
  qr_->fallthrough();
  qr_->add_option("text", qr_text_, "The text, a file with one on each line, or - for stdin")
      ->required()
      ->type_name("TEXT");
  export_ = app.add_subcommand("check-export", "Read a DSFinV-K export again, and add it up");
  export_->fallthrough();
  export_->add_option("file", export_file_, "The ZIP")->required()->type_name("FILE");
}

std::optional<Status> FiscalChecks::run(const Common& common) const {
  if (tar_->parsed()) return check_tar(tar_file_, is_whole_, common);
  if (qr_->parsed()) return check_qr(qr_text_, common);
  if (export_->parsed()) return check_export(export_file_, common);
  return {};
}

}  // namespace pos::cli
