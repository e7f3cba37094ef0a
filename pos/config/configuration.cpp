#include "pos/config/configuration.h"

#include <fmt/format.h>
#include <sys/stat.h>

#include <toml++/toml.h>
#include <cerrno>
#include <cstring>
#include <fstream>
#include <iterator>
#include <optional>

#include "core/base/text.h"
#include "pos/config/secrets_file.h"
#include "sync/base/durable_file.h"

namespace pos {

namespace {

struct Entry {
  core::SettingEntry setting;
  std::int64_t line = 0;
};
using Entries = core::Result<std::vector<Entry>, std::string>;

std::string at(std::string_view file, std::int64_t line, std::string_view what) {
  return fmt::format("{}:{}: {}", file, line, what);
}

// Texts, whole numbers and yes/no; anything else has no place in a setting.
std::optional<std::string> value_of(const toml::node& node) {
  if (const auto* text = node.as_string()) return text->get();
  if (const auto* number = node.as_integer()) return std::to_string(number->get());
  if (const auto* flag = node.as_boolean()) return flag->get() ? "true" : "false";
  return {};
}

Entries entries_of(const toml::table& root, std::string_view file) {
  std::vector<Entry> entries;
  for (const auto& [name, node] : root) {
    const auto* table = node.as_table();
    if (!table) {
      return tl::unexpected(
          at(file, node.source().begin.line,
             fmt::format("\"{}\" stands outside a table such as [shop]", name.str())));
    }
    for (const auto& [key, value] : *table) {
      const std::string full = fmt::format("{}.{}", name.str(), key.str());
      const std::int64_t line = value.source().begin.line;
      const auto text = value_of(value);
      if (!text) {
        return tl::unexpected(
            at(file, line, fmt::format("{} must be a text in quotes or a whole number", full)));
      }
      entries.push_back({{full, *text}, line});
    }
  }
  return entries;
}

// The parser throws where the text is no TOML.
Entries parse(std::string_view text, std::string_view file) {
  try {
    return entries_of(toml::parse(text), file);
  } catch (const toml::parse_error& error) {
    return tl::unexpected(at(file, error.source().begin.line, error.description()));
  }
}

core::Result<std::string, std::string> read(const std::filesystem::path& file) {
  errno = 0;
  std::ifstream stream(file, std::ios::binary);
  if (!stream && (errno == ENOENT || errno == ENOTDIR)) return "";
  std::string text{std::istreambuf_iterator<char>(stream), {}};
  if (!stream) {
    return tl::unexpected(fmt::format("{} cannot be read: {}", file.string(),
                                      errno ? std::strerror(errno) : "it is no file"));
  }
  return core::file_text(text);
}

core::Result<Secrets, std::string> read_secrets(const std::filesystem::path& file) {
  struct stat facts {};
  if (::stat(file.c_str(), &facts) != 0) return Secrets{};
  if (facts.st_mode & 077) {
    return tl::unexpected(
        fmt::format("{} can be read by others, say: chmod 600 {}", file.string(), file.string()));
  }
  const auto text = read(file);
  if (!text) return tl::unexpected(text.error());
  return parse_secrets(*text, file.string());
}

}  // namespace

core::Result<std::vector<core::SettingEntry>, std::string> parse_configuration(
    std::string_view text, std::string_view file) {
  const auto parsed = parse(text, file);
  if (!parsed) return tl::unexpected(parsed.error());
  std::vector<core::SettingEntry> settings;
  core::Settings trial;
  for (const Entry& entry : *parsed) {
    if (auto applied = core::apply(trial, entry.setting.key, entry.setting.value); !applied) {
      return tl::unexpected(at(file, entry.line, applied.error()));
    }
    settings.push_back(entry.setting);
  }
  return settings;
}

core::Result<Secrets, std::string> parse_secrets(std::string_view text, std::string_view file) {
  const auto parsed = parse(text, file);
  // What the parser says may quote the text, and so a secret.
  if (!parsed) {
    return tl::unexpected(fmt::format("{} is not TOML such as: [mail] password = \"...\"", file));
  }
  Secrets secrets;
  for (const Entry& entry : *parsed) {
    if (entry.setting.key == "mail.password") {
      secrets.mail_password = entry.setting.value;
    } else if (entry.setting.key == "upstream.key") {
      secrets.upstream_key = entry.setting.value;
    } else if (entry.setting.key == "terminal.password") {
      secrets.terminal.password = entry.setting.value;
    } else if (entry.setting.key == "terminal.passphrase") {
      secrets.terminal.passphrase = entry.setting.value;
    } else if (entry.setting.key == "backup.key") {
      secrets.backup_key = entry.setting.value;
    } else if (entry.setting.key == "signing.admin_pin") {
      secrets.signing.admin_pin = entry.setting.value;
    } else if (entry.setting.key == "signing.time_admin_pin") {
      secrets.signing.time_admin_pin = entry.setting.value;
    } else if (entry.setting.key == "signing.api_key") {
      secrets.signing.api_key = entry.setting.value;
    } else if (entry.setting.key == "signing.api_secret") {
      secrets.signing.api_secret = entry.setting.value;
    } else {
      return tl::unexpected(
          at(file, entry.line, fmt::format("there is no secret \"{}\"", entry.setting.key)));
    }
  }
  return secrets;
}

core::Result<Configuration, std::string> read_configuration(const std::filesystem::path& folder) {
  const std::filesystem::path file = folder / "tresen.toml";
  const auto text = read(file);
  if (!text) return tl::unexpected(text.error());
  auto entries = parse_configuration(*text, file.string());
  if (!entries) return tl::unexpected(entries.error());
  auto secrets = read_secrets(folder / "secrets.toml");
  if (!secrets) return tl::unexpected(secrets.error());
  return Configuration{std::move(*entries), std::move(*secrets)};
}

core::Result<core::Done, std::string> keep_secret(const std::filesystem::path& folder,
                                                  std::string_view table, std::string_view key,
                                                  std::string_view value) {
  const std::filesystem::path file = folder / "secrets.toml";
  if (auto readable = read_secrets(file); !readable) return tl::unexpected(readable.error());
  const auto before = read(file);
  if (!before) return tl::unexpected(before.error());
  const auto text = with_secret(*before, table, key, value);
  if (!text) return tl::unexpected(fmt::format("{}: {}", file.string(), text.error()));
  auto written = syncing::write_durably(file, *text);
  if (written) written = syncing::sync_folder(folder);
  return written;
}

core::Result<core::Done, std::string> keep_secrets(const std::filesystem::path& folder,
                                                   const SigningSecrets& secrets) {
  for (const auto& [key, value] :
       {std::pair("admin_pin", &secrets.admin_pin),
        std::pair("time_admin_pin", &secrets.time_admin_pin),
        std::pair("api_key", &secrets.api_key), std::pair("api_secret", &secrets.api_secret)}) {
    if (value->empty()) continue;
    if (auto kept = keep_secret(folder, "signing", key, *value); !kept) return kept;
  }
  return core::Done{};
}

}  // namespace pos
