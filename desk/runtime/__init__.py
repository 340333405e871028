"""What accede up starts and watches: Prefect, its worker, the desk."""
