// `tresen.toml` and `secrets.toml` of a data folder. The first has the keys of
// core/settings/settings.h as tables ([printer] kind = "tcp") and wins over what is set
// on the screen; the second has what nobody may read, must have mode 0600, and
// is never printed, logged or copied into the store.
//
// An error is one sentence with file, line and key: "tresen.toml:3: ...".
#pragma once

#include <filesystem>
#include <string>
#include <string_view>
#include <vector>

#include "core/base/result.h"
#include "core/settings/settings.h"
#include "pos/config/make_signing.h"
#include "pos/config/make_terminal.h"

namespace pos {

struct Secrets {
  std::string mail_password;  // [mail] password
  std::string upstream_key;   // [upstream] key: the access key of the platform
  TerminalSecrets terminal;   // [terminal] password, passphrase
  std::string backup_key;     // [backup] key: as pos/backup/backup.h writes it
  SigningSecrets signing;     // [signing] admin_pin, time_admin_pin, api_key, api_secret
};

struct Configuration {
  std::vector<core::SettingEntry> entries;  // each is known and has a value that fits
  Secrets secrets;
};

// Pure. `file` is the name for errors.
core::Result<std::vector<core::SettingEntry>, std::string> parse_configuration(
    std::string_view text, std::string_view file);
core::Result<Secrets, std::string> parse_secrets(std::string_view text, std::string_view file);

// Both files of a data folder; one that is missing says nothing.
core::Result<Configuration, std::string> read_configuration(const std::filesystem::path& folder);

// Writes [table] key = "value" into the secrets file, with mode 0600 and beside what is in
// it already.
core::Result<core::Done, std::string> keep_secret(const std::filesystem::path& folder,
                                                  std::string_view table, std::string_view key,
                                                  std::string_view value);

// The PINs and keys of a security device, those that are not empty.
core::Result<core::Done, std::string> keep_secrets(const std::filesystem::path& folder,
                                                   const SigningSecrets& secrets);

}  // namespace pos
