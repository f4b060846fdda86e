package io.agencyos.storage;

import java.io.IOException;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.security.SecureRandom;
import java.util.Set;

import static java.nio.file.attribute.PosixFilePermission.OWNER_READ;
import static java.nio.file.attribute.PosixFilePermission.OWNER_WRITE;

/** The folder's own secret: made by the first who needs it, so that replicas and restarts agree. Blocks. */
final class SecretFile {

    private static final int BYTES = 32;

    private SecretFile() {}

    static byte[] of(Folder folder) throws IOException {
        var file = folder.root().resolve("secret");
        if (!Files.exists(file)) make(file, folder.fresh());
        var secret = Files.readAllBytes(file);
        if (secret.length != BYTES) throw new IOException(file + " does not hold " + BYTES + " bytes");
        return secret;
    }

    /** Whole or not at all, and never over one that somebody else has made meanwhile. */
    private static void make(Path file, Path fresh) throws IOException {
        var secret = new byte[BYTES];
        new SecureRandom().nextBytes(secret);
        Files.write(fresh, secret);
        if (Files.getFileStore(fresh).supportsFileAttributeView("posix"))
            Files.setPosixFilePermissions(fresh, Set.of(OWNER_READ, OWNER_WRITE));
        try {
            Files.createLink(file, fresh);
        } catch (FileAlreadyExistsException e) {
            return; // theirs is as good
        } catch (IOException | UnsupportedOperationException e) {
            // a file system without links
            if (!Files.exists(file)) Files.move(fresh, file, StandardCopyOption.ATOMIC_MOVE);
        } finally {
            Files.deleteIfExists(fresh);
        }
    }
}
